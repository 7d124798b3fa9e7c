import { versionedCodec } from './codec.js';

type Moved = { readonly type: 'Moved'; readonly units: number; readonly reason: string };

describe('the codec of events', () => {
  it('stores the name with its version and the data without the name', () => {
    const stored = versionedCodec<Moved>().encode({ type: 'Moved', units: 1, reason: 'r' });
    expect(stored).toEqual({ type: 'Moved.v1', data: { units: 1, reason: 'r' } });
    expect(versionedCodec<Moved>().decode(stored)).toEqual({ type: 'Moved', units: 1, reason: 'r' });
  });

  it('lifts what older versions stored, step by step', () => {
    const codec = versionedCodec<Moved>({
      versions: { Moved: 3 },
      upcasts: {
        'Moved.v1': ({ count, ...rest }) => ({ type: 'Moved.v2', data: { ...rest, units: count } }),
        'Moved.v2': (data) => ({ type: 'Moved.v3', data: { ...data, reason: 'unknown' } }),
      },
    });
    expect(codec.decode({ type: 'Moved.v1', data: { count: 4 } })).toEqual({ type: 'Moved', units: 4, reason: 'unknown' });
    expect(codec.decode({ type: 'Moved.v2', data: { units: 5 } })).toEqual({ type: 'Moved', units: 5, reason: 'unknown' });
    expect(codec.encode({ type: 'Moved', units: 6, reason: 'r' }).type).toBe('Moved.v3');
  });
});
