import { Faults, Life, Random, reach, VirtualTime } from './index.js';

const always = (fate: 'fails' | 'losesAnswer' | 'takesEffectLate'): ConstructorParameters<typeof Faults>[1] => ({
  fails: 0,
  losesAnswer: 0,
  takesEffectLate: 0,
  slow: 0,
  [fate]: 1,
});

function engine(fate: 'fails' | 'losesAnswer' | 'takesEffectLate') {
  const time = new VirtualTime(0);
  const faults = new Faults(new Random(1), always(fate), () => time.now());
  const told: string[] = [];
  const life = new Life(time);
  const call = (): void => {
    reach(
      life,
      faults,
      async () => void told.push('took effect'),
      () => new Error('unknown'),
    ).then(
      () => told.push('answered'),
      () => told.push('unknown'),
    );
  };
  return { time, faults, told, life, call };
}

describe('virtual time', () => {
  it('runs what is due in order, and nothing that was called off', async () => {
    const time = new VirtualTime(100);
    const ran: string[] = [];
    time.after(20, () => ran.push('later'));
    time.after(10, () => ran.push('sooner'));
    time.after(10, () => ran.push('second of two'));
    time.after(5, () => ran.push('called off'))();
    await time.passUntil(115);
    expect([ran, time.now()]).toEqual([['sooner', 'second of two'], 115]);
  });
});

describe('an engine that fails', () => {
  it('works in calm', async () => {
    const { time, told, call } = engine('fails');
    call();
    await time.passUntil(1_000);
    expect(told).toEqual(['took effect', 'answered']);
  });

  it.each([
    ['fails', ['unknown']],
    ['losesAnswer', ['took effect', 'unknown']],
    ['takesEffectLate', ['unknown', 'took effect']],
  ] as const)('in a storm: %s', async (fate, expected) => {
    const { time, faults, told, call } = engine(fate);
    faults.storm();
    call();
    await time.passUntil(1_000);
    expect(told).toEqual(expected);
  });

  it('takes effect although its caller dies, who never hears of it', async () => {
    const { time, told, life, call } = engine('fails');
    life.endAfterCalls(1);
    call();
    await time.passUntil(1_000);
    expect(told).toEqual(['took effect']);
  });
});
