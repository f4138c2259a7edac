/** A lock file against other processes on the same machine. */
import { open, readFile, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** The lock could not be had; the message is for the user. */
export class LockError extends Error {
  override readonly name = 'LockError';
}

const RETRY_MS = 20;

/** Runs `work` while this process holds `file`. A lock left by a process that died is taken over. */
export async function withLock<T>(file: string, work: () => Promise<T>, waitMs = 10_000): Promise<T> {
  for (let waited = 0; !(await take(file)); waited += RETRY_MS) {
    if (waited >= waitMs) throw new LockError(`${file} is held by another process; remove it if none is running`);
    await delay(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    // wx fails where the file exists: creating it and taking the lock are one step.
    const handle = await open(file, 'wx');
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (await isAbandoned(file)) await clear(file);
    return false;
  }
}

/** Only one process at a time removes what was abandoned: another's fresh lock must not go with it. */
async function clear(file: string): Promise<void> {
  const guard = `${file}.clearing`;
  const handle = await open(guard, 'wx').catch(() => undefined);
  if (!handle) return;
  try {
    if (await isAbandoned(file)) await rm(file, { force: true });
  } finally {
    await handle.close();
    await rm(guard, { force: true });
  }
}

async function isAbandoned(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  // Empty: its owner has not written its number yet.
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
