import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { BusUnavailable } from '../port.js';
import { type Suite } from './suite.js';

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export function closingContract(suite: () => Suite): void {
  describe('closing', () => {
    it('leaves nothing behind that keeps a process alive or warns', async () => {
      const child = spawn(process.execPath, ['--import', pathOf('../../test/register.mjs'), pathOf('../../test/open-use-close.ts')], {
        env: { ...process.env, HOLDFAST_TEST_BUS: JSON.stringify(suite().harness.recipe) },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      let complaints = '';
      child.stdout.on('data', (chunk) => (output += String(chunk)));
      child.stderr.on('data', (chunk) => (complaints += String(chunk)));
      const late = setTimeout(() => child.kill('SIGKILL'), 200_000);
      const [code] = (await once(child, 'exit')) as [number | null];
      clearTimeout(late);
      expect({ code, complaints }).toEqual({ code: 0, complaints: '' });
      const { closedForMs } = JSON.parse(output) as { closedForMs: number };
      expect(closedForMs).toBeLessThan(2_000);
    });

    it('refuses what comes after', async () => {
      const bus = suite().open();
      const topic = await suite().topic(bus);
      await Promise.all([bus.close(), bus.close()]);
      await expect(bus.publish(topic, [{ key: 'k', value: '1' }])).rejects.toBeInstanceOf(BusUnavailable);
      await expect(bus.ping()).rejects.toBeInstanceOf(BusUnavailable);
      await expect(bus.consume({ group: 'g', topics: [topic], onBatch: () => Promise.resolve() })).rejects.toBeInstanceOf(BusUnavailable);
    });
  });
}
