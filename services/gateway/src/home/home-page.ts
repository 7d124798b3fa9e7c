import type { WhatRuns } from './what-runs.js';

const STYLE = `
  :root { color-scheme: light dark; --line: #8884; --accent: #0b6b53; }
  @media (prefers-color-scheme: dark) { :root { --accent: #5fd0ae; } }
  body { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; font: 16px/1.55 system-ui, sans-serif; }
  h1 { margin: 0; font-size: 2rem; }
  h2 { margin: 2.25rem 0 0.5rem; font-size: 1.15rem; }
  p { margin: 0.5rem 0; }
  a { color: var(--accent); }
  table { width: 100%; border-collapse: collapse; }
  td, th { padding: 0.35rem 1rem 0.35rem 0; border-bottom: 1px solid var(--line); text-align: left; font-weight: normal; }
  th { width: 14rem; font-weight: 600; }
  code, pre { font: 0.875rem/1.5 ui-monospace, monospace; }
  pre { padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 0.5rem; overflow-x: auto; }
`;

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPED[character] ?? character);

const rows = (entries: readonly (readonly [string, string])[]): string =>
  entries.map(([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(value)}</td></tr>`).join('\n      ');

/** The page that a browser gets at `/`. It loads nothing from elsewhere. */
export const homePage = ({ services, engines }: WhatRuns): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Holdfast</title>
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png" />
    <style>${STYLE}</style>
  </head>
  <body>
    <h1>Holdfast</h1>
    <p>One truth of stock across ERPs, warehouses and sales channels. This server answers its HTTP API.</p>

    <h2>Start here</h2>
    <p><a href="/docs">/docs</a> shows every route and lets you try it; <a href="/openapi.json">/openapi.json</a> is the document behind it. <code>POST /graphql</code> answers GraphQL.</p>
    <p>Every other route needs an API key. <code>npm start</code> prints the first one and keeps it in <code>admin-key</code> in its data
      folder (<code>.holdfast</code>), or you set it as <code>HOLDFAST_API_KEY</code>. More keys are made with <code>POST /v1/keys</code>.</p>
    <p>A tour of five minutes with <code>curl</code> is in <code>README.md</code>. It begins with what each channel may promise in Berlin, where the sample data are loaded:</p>
    <pre>curl "$HOLDFAST/api/inventory/channel-location?locationId=BER" \\
  -H "Authorization: Bearer $KEY"</pre>

    <h2>What runs</h2>
    <table>
      ${rows(services.map(({ name, runs }) => [name, runs] as const))}
    </table>
    <p>Whether all of it works: <a href="/health/ready">/health/ready</a>. Metrics for Prometheus: <a href="/metrics">/metrics</a>.</p>

    <h2>On which engines</h2>
    <table>
      ${rows(engines.map(({ what, name }) => [what, name] as const))}
    </table>
  </body>
</html>
`;
