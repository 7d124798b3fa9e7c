import { areChanging, instanceUrls } from './addresses.js';

describe('the URLs of instances', () => {
  it('are what was configured', async () => {
    expect(await instanceUrls(['http://one:3000', 'https://two'])).toEqual(['http://one:3000', 'https://two']);
    expect(areChanging(['http://one:3000'])).toBe(false);
  });

  it('are one for each address of a name, each once', async () => {
    const resolve = () =>
      Promise.resolve([
        { address: '10.0.0.2', family: 4 },
        { address: 'fd00::3', family: 6 },
        { address: '10.0.0.2', family: 4 },
      ]);
    const urls = ['dns+http://reservation:3000'];
    expect(areChanging(urls)).toBe(true);
    expect(await instanceUrls(urls, resolve)).toEqual(['http://10.0.0.2:3000', 'http://[fd00::3]:3000']);
  });

  it('are none while a name cannot be found', () =>
    expect(instanceUrls(['dns+http://reservation:3000'], () => Promise.reject(new Error('ENOTFOUND')))).rejects.toThrow('ENOTFOUND'));
});
