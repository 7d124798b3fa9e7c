// Jest's `expect` makes all its matchers, six functions for each of some sixty, and an error with a hundred stack frames, for every call. Specs
// that look at thousands of states spent more on that than on the product. Here a call makes the one matcher that it uses.

import { equals, iterableEquality } from '@jest/expect-utils';

const JEST = Symbol.for('$$jest-matchers-object');

/** Makes the same of `expect`, with all that belongs to it. */
export function quickExpect(expect) {
  const known = globalThis[JEST];
  const single = new Map();

  /** The expectation with no matcher but this one, which jest looks up when it makes them. The error that it makes is for promises only. */
  const only = (actual, name) => {
    const all = known.matchers;
    if (single.get(name)?.[name] !== all[name]) single.set(name, { [name]: all[name] });
    const { stackTraceLimit } = Error;
    known.matchers = single.get(name);
    Error.stackTraceLimit = 0;
    try {
      return expect(actual);
    } finally {
      known.matchers = all;
      Error.stackTraceLimit = stackTraceLimit;
    }
  };

  class Not {
    constructor(actual) {
      this.actual = actual;
    }
    matcher(name) {
      return only(this.actual, name).not[name];
    }
  }
  class Expectation {
    constructor(actual) {
      this.actual = actual;
    }
    matcher(name) {
      return only(this.actual, name)[name];
    }
    get not() {
      return new Not(this.actual);
    }
    get resolves() {
      return expect(this.actual).resolves;
    }
    get rejects() {
      return expect(this.actual).rejects;
    }
  }
  const add = (name) => {
    for (const { prototype } of [Expectation, Not])
      Object.defineProperty(prototype, name, {
        configurable: true,
        get() {
          return this.matcher(name);
        },
      });
  };
  for (const name of Object.keys(known.matchers)) add(name);

  /** A matcher whose answer costs less than Jest's preparations for its message: Jest is asked where it does not hold. */
  const ask = (name, holds) => {
    const { get } = Object.getOwnPropertyDescriptor(Expectation.prototype, name);
    Object.defineProperty(Expectation.prototype, name, {
      configurable: true,
      value: function asked(...args) {
        if (args.length === 1 && holds(this.actual, args[0])) {
          known.state.assertionCalls += 1;
          known.state.numPassingAsserts += 1;
          return;
        }
        try {
          get.call(this)(...args);
        } catch (error) {
          // The first line is that of the spec.
          if (error instanceof Error) Error.captureStackTrace(error, asked);
          throw error;
        }
      },
    });
  };
  ask('toBe', Object.is);
  ask('toEqual', (actual, expected) => equals(actual, expected, [...known.customEqualityTesters, iterableEquality]));

  const quick = (actual, ...rest) => (rest.length > 0 ? expect(actual, ...rest) : new Expectation(actual));
  Object.defineProperties(quick, Object.getOwnPropertyDescriptors(expect));
  quick.extend = (matchers) => {
    expect.extend(matchers);
    for (const name of Object.keys(matchers)) add(name);
  };
  return quick;
}
