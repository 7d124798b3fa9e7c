import { awaitPosition } from './await-position.js';

describe('waiting for a position', () => {
  it('asks for nothing where none is named', async () => {
    await expect(awaitPosition(() => -1n, undefined, 20)).resolves.toBeUndefined();
  });

  it('ends as soon as the position is reached', async () => {
    let reached = 5n;
    setTimeout(() => (reached = 9n), 30);
    await expect(awaitPosition(() => reached, 9n, 60_000)).resolves.toBeUndefined();
  });

  it('gives up in time and says how far it came', async () => {
    await expect(awaitPosition(() => 5n, 9n, 20)).rejects.toMatchObject({
      status: 412,
      code: 'position_not_reached',
      details: [{ wanted: '9', reached: '5' }],
    });
  });
});
