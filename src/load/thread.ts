/** A second thread, which does what it is asked in the order in which it is asked. */
import { existsSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';

export interface Thread<Question, Answer> {
  /** Fails where the thread does, which is a fault of the program. */
  readonly ask: (question: Question) => Promise<Answer>;
  /** What was asked and not answered yet never will be. */
  readonly end: () => void;
}

/** What a thread is sent and sends back: a question or its answer. */
export interface Numbered<T> {
  readonly id: number;
  readonly content: T;
}

/** Starts a program of the build; undefined where there is none, since this one runs from source. */
export async function startThread<Question, Answer>(program: URL): Promise<Thread<Question, Answer> | undefined> {
  if (!existsSync(program)) return undefined;
  const { Worker } = await import('node:worker_threads');
  return threadIn(new Worker(program));
}

function threadIn<Question, Answer>(worker: Worker): Thread<Question, Answer> {
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (cause: unknown) => void }>();
  let failure: { readonly cause: unknown } | undefined;
  let asked = 0;
  // It must not keep a program alive that wants nothing of it.
  worker.unref();
  worker.on('message', ({ id, content }: Numbered<Answer>) => {
    waiting.get(id)?.resolve(content);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
  });
  worker.on('error', cause => {
    failure = { cause };
    for (const { reject } of waiting.values()) reject(cause);
    waiting.clear();
  });
  return {
    ask(question) {
      const answer = new Promise<Answer>((resolve, reject) => {
        if (failure) return reject(failure.cause);
        asked += 1;
        waiting.set(asked, { resolve, reject });
        worker.ref();
        worker.postMessage({ id: asked, content: question } satisfies Numbered<Question>);
      });
      // Whoever asked may be busy with something else; the failure is theirs when they await it.
      answer.catch(() => undefined);
      return answer;
    },
    end: () => void worker.terminate(),
  };
}
