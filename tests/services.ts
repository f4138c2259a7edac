/**
 * Programs that some tests use and that are not npm packages. A test that needs one is skipped where the program is
 * missing, and fails there when REQUIRE_SERVICES=1, as in CI: what is not installed must not look tested.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from 'vitest';

/** Path of the first of the programs that is on the PATH; a service is usually called like its program. */
export function service(name: string, programs: readonly string[] = [name]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '');
  return programs.flatMap(program => folders.map(folder => join(folder, program))).find(executable);
}

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

export type Plan =
  | { readonly does: 'run'; readonly program: string }
  | { readonly does: 'skip' | 'fail'; readonly why: string };

export function planFor(name: string, programs: readonly string[], required: boolean): Plan {
  const program = service(name, programs);
  if (program !== undefined) return { does: 'run', program };
  return { does: required ? 'fail' : 'skip', why: `needs ${name}: no ${programs.join(', ')} on the PATH` };
}

/** A test that gets the path of the service's program. */
export function testWithService(
  name: string,
  programs: readonly string[],
  title: string,
  body: (program: string) => void | Promise<void>,
): void {
  const plan = planFor(name, programs, process.env['REQUIRE_SERVICES'] === '1');
  switch (plan.does) {
    case 'run':
      test(title, () => body(plan.program));
      break;
    case 'skip':
      test.skip(`${title} (${plan.why})`, () => {});
      break;
    case 'fail':
      test(title, () => {
        throw new Error(plan.why);
      });
  }
}
