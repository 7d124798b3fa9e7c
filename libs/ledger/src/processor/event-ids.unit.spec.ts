import { eventId } from './event-ids.js';

describe('ids of events', () => {
  const command = { commandId: 'c', at: 1 };

  it('are UUIDs that depend on the command alone', () => {
    expect(eventId('s', command, 0)).toBe(eventId('s', { ...command }, 0));
    expect(eventId('s', command, 0)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('differ by stream, command, time and place', () => {
    const ids = [
      eventId('s', command, 0),
      eventId('s', command, 1),
      eventId('t', command, 0),
      eventId('s', { ...command, at: 2 }, 0),
      eventId('s', { ...command, commandId: 'd' }, 0),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});
