import { LegacyFakeTimers, ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';
import { noteSpec } from './slowest.mjs';

const timerConfig = { idToRef: (id) => id, refToId: (timer) => timer };

/**
 * Runs a spec file among the globals of the process itself, like the product, and not in a VM context of its own: there every use of a
 * global is slow, and `instanceof Error` is false for Node's own errors. What a file changes is put back at its end.
 */
export default class ProcessEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  #before = { console: globalThis.console, exit: process.exit, env: { ...process.env }, stackTraceLimit: Error.stackTraceLimit };

  #path;
  #began = performance.now();
  #cpu = process.cpuUsage();

  constructor({ projectConfig: config }, { testPath }) {
    this.#path = testPath;
    this.fakeTimers = new LegacyFakeTimers({ config, global: globalThis, moduleMocker: this.moduleMocker, timerConfig });
    this.fakeTimersModern = new ModernFakeTimers({ config, global: globalThis });
  }

  setup() {}

  teardown() {
    noteSpec(this.#path, performance.now() - this.#began, process.cpuUsage(this.#cpu));
    this.fakeTimers.dispose();
    this.fakeTimersModern.dispose();
    const { console, exit, env, stackTraceLimit } = this.#before;
    globalThis.console = console;
    process.exit = exit;
    Error.stackTraceLimit = stackTraceLimit;
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return null;
  }
}
