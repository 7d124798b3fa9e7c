import { Api, startHoldfast, type RunningHoldfast } from '@holdfast/testing';

describe('a caller that asks too often', () => {
  let holdfast: RunningHoldfast;

  beforeAll(async () => {
    holdfast = await startHoldfast({ env: { HOLDFAST_RATE_PER_SECOND: '2' } });
  });

  afterAll(() => holdfast.stop());

  it('is told to come back later, and served then', async () => {
    const api = new Api(holdfast.url, holdfast.key);
    const answers = await Promise.all(Array.from({ length: 60 }, () => api.get('/api/locations')));
    const refused = answers.find((answer) => answer.status === 429);
    expect(refused).toMatchObject({ body: { code: 'rate_limited' } });
    const retryAfter = Number(refused?.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, retryAfter * 1_000 + 500));
    expect((await api.get('/api/locations')).status).toBe(200);
  });
});
