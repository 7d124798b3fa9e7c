import Sequencer from '@jest/test-sequencer';

/** Begins with integration specs: they wait for servers as much as they compute, and unit specs fill those pauses and the end of the run. */
export default class WaitingFirst extends Sequencer {
  sort(tests) {
    const isInt = ({ path }) => path.endsWith('.int.spec.ts');
    const sorted = super.sort(tests);
    return [...sorted.filter(isInt), ...sorted.filter((test) => !isInt(test))];
  }
}
