import kafkajs from 'kafkajs';
import { BusUnavailable } from '../port.js';
import { isSettling, reaching } from './faults.js';

const protocol = (type: string): Error => new kafkajs.KafkaJSProtocolError(Object.assign(new Error(type), { type, code: 1 }));
const outcome = (error: Error): Promise<unknown> => reaching(() => Promise.reject(error)).catch((thrown: unknown) => thrown);

describe('faults of Kafka', () => {
  it.each([
    ['no leader yet', protocol('NOT_LEADER_FOR_PARTITION')],
    ['too few replicas', protocol('NOT_ENOUGH_REPLICAS')],
    ['a producer that the broker forgot', protocol('UNKNOWN_PRODUCER_ID')],
    ['a lost connection', new kafkajs.KafkaJSConnectionError('closed')],
    [
      'retries used up on one',
      new kafkajs.KafkaJSNumberOfRetriesExceeded(new kafkajs.KafkaJSConnectionError('x'), { retryCount: 5, retryTime: 1 }),
    ],
  ])('say that the bus is away: %s', async (_name, error) => {
    expect(await outcome(error)).toBeInstanceOf(BusUnavailable);
  });

  it.each([
    ['a message too large', protocol('MESSAGE_TOO_LARGE')],
    ['a missing right', protocol('TOPIC_AUTHORIZATION_FAILED')],
    ['a bug', new TypeError('x')],
  ])('stay what they are: %s', async (_name, error) => {
    expect(await outcome(error)).toBe(error);
  });

  it('are waited for where a leader is being found, also behind the client’s own wrapping', () => {
    const wrapped = Object.assign(new Error('failed'), { cause: protocol('LEADER_NOT_AVAILABLE') });
    expect([isSettling(wrapped), isSettling(protocol('NOT_ENOUGH_REPLICAS')), isSettling(new kafkajs.KafkaJSConnectionError('x'))]).toEqual(
      [true, false, false],
    );
  });
});
