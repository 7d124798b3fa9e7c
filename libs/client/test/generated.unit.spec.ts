import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

describe('the generated part of the client', () => {
  it('is what docs/reference/openapi.json says; npm run docs:reference writes it', async () => {
    await expect(run(process.execPath, ['libs/client/generator/generate.mjs', '--check'])).resolves.toMatchObject({ stderr: '' });
  });
});
