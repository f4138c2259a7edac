// Preloaded into a measured Node process: writes what the process has used when it ends.
const { writeFileSync } = require('node:fs');

const file = process.env.BENCH_USAGE;
// Worker threads preload this too, and child processes inherit the environment; only the process itself may report.
delete process.env.BENCH_USAGE;
if (file) {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    writeFileSync(file, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, memoryMb: maxRSS / 1024 }));
  });
}
