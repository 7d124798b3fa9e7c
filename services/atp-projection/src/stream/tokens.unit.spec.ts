import type { IncomingMessage } from '@holdfast/messaging';
import { advance, offsetsBefore, offsetsOf, tokenOf } from './tokens.js';

const message = (partition: number, offset: number): IncomingMessage => ({
  topic: 'inventory.atp.v1',
  partition,
  offset: String(offset),
  key: 'k',
  value: null,
  timestamp: 0,
  headers: {},
});

describe('the resume token', () => {
  it('is read as it was written', () => {
    const offsets = { 'inventory.atp.v1/0': '12', 'inventory.channel-atp.v1/3': '0' };
    expect(offsetsOf(tokenOf(offsets))).toEqual(offsets);
  });

  it('stands after each message of a chunk, with the other partitions where the chunk found them', () => {
    const chunk = [message(0, 5), message(1, 8), message(0, 6)];
    const offsets = offsetsBefore(chunk, { 'inventory.atp.v1/0': '7', 'inventory.atp.v1/1': '9', 'inventory.atp.v1/2': '4' });
    expect(offsets).toEqual({ 'inventory.atp.v1/0': '5', 'inventory.atp.v1/1': '8', 'inventory.atp.v1/2': '4' });
    advance(offsets, message(0, 5));
    expect(offsets).toEqual({ 'inventory.atp.v1/0': '6', 'inventory.atp.v1/1': '8', 'inventory.atp.v1/2': '4' });
  });
});
