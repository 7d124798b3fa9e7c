import { matrixSearch, pinsOf, togglePin } from './search.js';

describe('pins of the matrix', () => {
  it('stand in the address, each once', () => {
    expect(pinsOf(matrixSearch({ pins: 'TEE,HAT,TEE,' }))).toEqual(['TEE', 'HAT']);
    expect(pinsOf(matrixSearch({ pins: 4711 }))).toEqual(['4711']);
    expect(pinsOf(matrixSearch({}))).toEqual([]);
  });

  it('come and go, and leave the rest of the address alone', () => {
    expect(togglePin({ q: 'x', pins: 'TEE' }, ['TEE'], 'HAT')).toEqual({ q: 'x', pins: 'TEE,HAT' });
    expect(togglePin({ q: 'x', pins: 'TEE' }, ['TEE'], 'TEE')).toEqual({ q: 'x' });
  });
});
