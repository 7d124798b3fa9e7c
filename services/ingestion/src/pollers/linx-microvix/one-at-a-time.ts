const underWay = new Map<string, Promise<unknown>>();

/** Runs the calls of a name one after the other in this process: Microvix takes one at a time for a key. */
export function oneAtATime<Result>(name: string, call: () => Promise<Result>): Promise<Result> {
  const turn = (underWay.get(name) ?? Promise.resolve()).then(call, call);
  underWay.set(name, turn);
  const forget = (): void => {
    if (underWay.get(name) === turn) underWay.delete(name);
  };
  turn.then(forget, forget);
  return turn;
}
