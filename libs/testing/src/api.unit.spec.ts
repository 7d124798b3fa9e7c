import { answered, type ApiAnswer } from './api.js';

const answer = (status: number, body: unknown): ApiAnswer => ({ status, headers: new Headers(), body });

/** Answers these one after the other. */
const asked = (...answers: readonly ApiAnswer[]) => {
  const left = [...answers];
  return { left, ask: () => Promise.resolve(left.shift() ?? answer(500, 'asked too often')) };
};

describe('the answer of a request that may be repeated', () => {
  it('is asked for again while Holdfast cannot answer now', async () => {
    const { left, ask } = asked(answer(503, { code: 'database_unavailable' }), answer(429, {}), answer(200, { runs: [] }), answer(200, {}));
    expect(await answered(ask)).toEqual({ runs: [] });
    expect(left).toHaveLength(1);
  });

  it.each([[400], [404], [500]])('is thrown where it is %s', async (status) => {
    const { ask } = asked(answer(status, { code: 'no' }), answer(200, {}));
    await expect(answered(ask)).rejects.toThrow(`${String(status)} {"code":"no"}`);
  });
});
