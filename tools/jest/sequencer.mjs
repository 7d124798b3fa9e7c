import Sequencer from '@jest/test-sequencer';

/** Unit specs that compute for so long that, begun last, they would run alone at the end. */
const LONG = ['large-orders.unit', 'first-try.unit', 'plain-model.property.unit', 'resolution.property.unit', 'large-sku.unit'];

/** Begins with integration specs and long ones: they wait for servers as much as they compute, and unit specs fill those pauses and the end of the run. */
export default class WaitingFirst extends Sequencer {
  sort(tests) {
    const isEarly = ({ path }) => path.endsWith('.int.spec.ts') || LONG.some((name) => path.includes(name));
    const sorted = super.sort(tests);
    return [...sorted.filter(isEarly), ...sorted.filter((test) => !isEarly(test))];
  }
}
