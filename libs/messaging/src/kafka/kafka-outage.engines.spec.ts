import { BROKER_READY_WITHIN_MS, brokerScript, KafkaBroker } from '../../test/kafka-broker.js';
import { outageContract } from '../contract/outage.js';
import { Suite, type BusHarness } from '../contract/suite.js';
import { KafkaBus } from './kafka-bus.js';
import type { KafkaLogLine } from './options.js';

const script = process.env['KAFKA_BROKERS'] === undefined ? undefined : brokerScript();
const name = 'the bus on a Kafka that dies and comes back';
if (script === undefined)
  describe.skip(`${name} (skipped: needs KAFKA_BROKERS and, in HOLDFAST_ENGINES_DIR, a broker to start)`, () =>
    it('needs a broker of its own', () => undefined));
else describe(name, () => outageSpec(script));

function outageSpec(start: string): void {
  let broker: KafkaBroker;
  let suite: Suite;
  const lines: KafkaLogLine[] = [];

  beforeAll(async () => {
    broker = await KafkaBroker.prepare(start);
    await broker.start();
    const options = { brokers: [broker.address], sessionTimeoutMs: 6_000 };
    const harness: BusHarness = {
      open: () => new KafkaBus({ ...options, onLog: (line) => lines.push(line) }),
      recipe: { engine: 'kafka', options },
      leaseMs: 6_000,
      effects: {
        connectionString: '',
        get pool(): never {
          throw new Error('This spec has no effects.');
        },
      },
      describe: () => Promise.reject(new Error('This spec describes no topics.')),
      takeAway: async () => {
        await broker.stop();
        return () => broker.start();
      },
    };
    suite = new Suite(harness);
  }, BROKER_READY_WITHIN_MS + 30_000);

  afterEach(() => suite.end());
  afterAll(() => broker.remove());

  outageContract(() => suite);

  it('sends the client’s own log lines where they were asked for', () => {
    expect(lines.some((line) => line.level === 'error' && line.message.startsWith('Connection'))).toBe(true);
  });
}
