import { readFileSync } from 'node:fs';
import { ROUTES } from '@holdfast/platform';
import { Api, openApiFaults, type RunningHoldfast } from '@holdfast/testing';

export function documents(holdfast: () => RunningHoldfast): void {
  describe('the documents of a running Holdfast', () => {
    let api: Api;

    beforeAll(async () => {
      api = new Api(holdfast().url, undefined);
    });

    it('are one sound OpenAPI 3.1 document with every route of every service', async () => {
      const { body } = await api.get('/openapi.json');
      const document = body as { paths: Record<string, Record<string, unknown>> };
      expect(openApiFaults(document)).toEqual([]);
      const described = Object.entries(document.paths).flatMap(([path, item]) =>
        Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
      );
      const routed = Object.values(ROUTES).flatMap((routes) => routes.map(([method, path]) => `${method} ${path}`));
      expect(described).toEqual(expect.arrayContaining(routed));
    });

    it('are the OpenAPI document in docs/reference, from which the client is made', async () => {
      const { body } = await api.get('/openapi.json');
      expect(body).toEqual(JSON.parse(readFileSync('docs/reference/openapi.json', 'utf8')));
    });

    it('are a page that needs nothing from elsewhere', async () => {
      const page = await api.get('/docs');
      expect(page.headers.get('content-type')).toContain('text/html');
      expect(String(page.body)).not.toMatch(/https?:\/\//);
    });
  });
}
