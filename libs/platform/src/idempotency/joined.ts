/**
 * Joins work that is asked for in one turn of the event loop, or while a statement runs, into one statement: requests that came together,
 * on whatever connections, are looked up together. No timer: alone, a caller waits for nobody.
 * @param run resolves with one result per item, in order
 */
export function joined<Item, Result>(
  limits: { readonly perTurn: number },
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  interface Waiting {
    readonly item: Item;
    readonly resolve: (result: Result) => void;
    readonly reject: (error: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let running = false;

  const turn = async (): Promise<void> => {
    const taken = waiting.splice(0, limits.perTurn);
    try {
      const results = await run(taken.map(({ item }) => item));
      taken.forEach(({ resolve, reject }, index) => {
        const result = results[index];
        if (result === undefined && index >= results.length) reject(new Error('fewer results than items'));
        else resolve(result as Result);
      });
    } catch (error) {
      for (const { reject } of taken) reject(error);
    }
  };

  const drain = async (): Promise<void> => {
    running = true;
    for (;;) {
      // Those who were answered just now and ask again come along.
      await new Promise((resolve) => setImmediate(resolve));
      if (waiting.length === 0) break;
      await turn();
    }
    running = false;
  };

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!running) void drain();
    });
}
