import { findSourcePolicy, registerSourcePolicy, sourcePolicyNames, sourceRuleFault, type SourcePolicy } from '../../index.js';

const builtIn = ['priority', 'nearest', 'ship-from-store', 'regional-hub', 'fewest-splits'];
const own = (name: string): SourcePolicy => ({ name, optionsFault: () => undefined, order: () => ({ choices: [] }) });

describe('the rule of a channel', () => {
  it('names a policy that there is', () => {
    expect(builtIn.map((name) => sourceRuleFault({ name }))).toEqual(builtIn.map(() => undefined));
    expect(sourceRuleFault({ name: 'cheapest' })).toEqual({
      field: 'name',
      message: `must be one of ${sourcePolicyNames().join(', ')}`,
    });
  });

  it('has options that its policy understands', () => {
    expect(sourceRuleFault({ name: 'ship-from-store', options: { stores: 'only' } })).toBeUndefined();
    expect(sourceRuleFault({ name: 'nearest', options: { splits: 'never' } })).toEqual({
      field: 'options',
      message: 'splits must be one of avoid, accept',
    });
  });

  it('has options of 2,000 characters at most, whatever its policy says to them', () => {
    registerSourcePolicy(own('own-lenient'));
    const ofLength = (characters: number) => ({ name: 'own-lenient', options: { note: 'x'.repeat(characters - '{"note":""}'.length) } });
    expect(sourceRuleFault(ofLength(2_000))).toBeUndefined();
    expect(sourceRuleFault(ofLength(2_001))).toEqual({ field: 'options', message: 'must be at most 2000 characters of JSON' });
  });
});

describe('a policy of one’s own', () => {
  it('is known by its name, after those that are built in', () => {
    const policy = own('own-last');
    expect(findSourcePolicy('own-last')).toBeUndefined();
    registerSourcePolicy(policy);
    expect(findSourcePolicy('own-last')).toBe(policy);
    expect(sourcePolicyNames().slice(0, builtIn.length)).toEqual(builtIn);
    expect(sourcePolicyNames().at(-1)).toBe('own-last');
  });

  it('may be registered again, and takes no name from another', () => {
    const policy = own('own-once');
    registerSourcePolicy(policy);
    registerSourcePolicy(policy);
    expect(() => registerSourcePolicy(own('own-once'))).toThrow('there is a source policy own-once already');
    expect(() => registerSourcePolicy(own('nearest'))).toThrow('there is a source policy nearest already');
    expect(findSourcePolicy('own-once')).toBe(policy);
  });
});
