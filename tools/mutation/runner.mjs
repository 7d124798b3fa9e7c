import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'expect';
import { collecting } from './examples.mjs';
import { Modules } from './modules.mjs';

const SUCCESS = 0;
const FAILED = 1;
/** Examples of very large states are left out: a run of all changes would take most of a day, and what only they find counts as missed. */
const LONG_MS = 100;

/** Stryker's view of what the changed code says to it. */
const stryker = () => (globalThis.__stryker__ ??= {});

/**
 * Runs the examples of the domain in this very process, loaded anew for every change. The domain is pure, so nothing of one run
 * reaches the next; jest would start anew each time, which takes a hundred times as long as the examples.
 */
class ExampleRunner {
  #modules = new Modules();
  #durationsMs = new Map();
  #long = new Set();

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    const context = stryker();
    const tests = [];
    await this.#leaveOutLongOnes();
    // What that covered was of no example, and would count as covered by all.
    context.mutantCoverage = undefined;
    for (const { id, name, body } of this.#examples()) {
      context.currentTestId = id;
      const began = performance.now();
      const failure = await failureOf(body);
      const result = { id, name, timeSpentMs: performance.now() - began };
      this.#durationsMs.set(id, result.timeSpentMs);
      tests.push(failure === undefined ? { ...result, status: SUCCESS } : { ...result, status: FAILED, failureMessage: failure });
    }
    context.currentTestId = undefined;
    return { status: 'complete', tests, mutantCoverage: context.mutantCoverage };
  }

  async #leaveOutLongOnes() {
    for (const { id, body } of this.#examples()) {
      const began = performance.now();
      await failureOf(body);
      if (performance.now() - began > LONG_MS) this.#long.add(id);
    }
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    const context = stryker();
    Object.assign(context, { activeMutant: activeMutant.id, hitCount: hitLimit === undefined ? undefined : 0, hitLimit });
    try {
      return await this.#verdict(testFilter === undefined ? undefined : new Set(testFilter), context);
    } finally {
      Object.assign(context, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined });
    }
  }

  async #verdict(wanted, context) {
    let nrOfTests = 0;
    let examples;
    try {
      examples = this.#examples();
    } catch (error) {
      return { status: 'killed', killedBy: [], failureMessage: String(error), nrOfTests };
    }
    for (const { id, body } of examples) {
      if (wanted !== undefined && !wanted.has(id)) continue;
      nrOfTests += 1;
      const failure = await failureOf(body);
      if (context.hitLimit !== undefined && context.hitCount > context.hitLimit)
        return { status: 'timeout', reason: 'it goes round and round' };
      if (failure !== undefined) return { status: 'killed', killedBy: [id], failureMessage: failure, nrOfTests };
    }
    return { status: 'survived', nrOfTests };
  }

  #examples() {
    const found = [];
    const { examples, globals } = collecting(expect);
    const load = this.#modules.fresh(globals);
    for (const path of specs(join(process.cwd(), 'libs/inventory'))) {
      examples.length = 0;
      load(path);
      for (const { name, body } of examples) {
        const id = `${path} ${name}`;
        if (!this.#long.has(id)) found.push({ id, name, body });
      }
    }
    // Those that take long come last: most changes are found before.
    const durationMs = ({ id }) => this.#durationsMs.get(id) ?? 0;
    return found.sort((left, right) => durationMs(left) - durationMs(right));
  }
}

/** The examples alone: what random input happens to find would make the score another one each time. */
const specs = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((path) => path.endsWith('.unit.spec.ts') && !path.endsWith('.property.unit.spec.ts'))
    .sort()
    .map((path) => join(folder, path));

async function failureOf(body) {
  try {
    await body();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The end of a switch over all kinds: the compiler proves that nothing gets there, so no test can. */
const neverReached = {
  shouldIgnore({ node }) {
    if (node.type !== 'SwitchCase' || node.test !== null) return undefined;
    const [only] = node.consequent;
    const isNever = only?.type === 'ReturnStatement' && only.argument?.type === 'TSSatisfiesExpression';
    return isNever ? 'never reached, says the compiler' : undefined;
  },
};

export const strykerPlugins = [
  { kind: 'TestRunner', name: 'examples', injectableClass: ExampleRunner },
  { kind: 'Ignore', name: 'never-reached', value: neverReached },
];
