/** A step of the README's tour: commands, and the JSON that is promised to be in their output (a part of it suffices). */
export interface TourStep {
  readonly commands: string;
  readonly promised?: unknown;
}

/** Reads the steps of a section: every block in a language, with the `json` block right behind it. */
export function readTour(markdown: string, heading: string, language: 'sh' | 'js'): TourStep[] {
  const section = markdown.split(/^## /m).find((part) => part.startsWith(heading));
  if (section === undefined) throw new Error(`the README has no section ${heading}`);
  const blocks = [...section.matchAll(/^```(sh|js|json)\n([^]*?)^```/gm)].map((match) => ({ language: match[1], text: match[2] ?? '' }));
  return blocks.flatMap((block, index): TourStep[] => {
    if (block.language !== language) return [];
    const next = blocks[index + 1];
    return [next?.language === 'json' ? { commands: block.text, promised: JSON.parse(next.text) as unknown } : { commands: block.text }];
  });
}

/** One script for one shell, so that variables live on; each step's output stands between marks. */
export const tourScript = (steps: readonly TourStep[], preamble: string): string =>
  ['set -euo pipefail', preamble, ...steps.flatMap((step, index) => [`echo "<<<${String(index)}>>>"`, step.commands])].join('\n');

/** One module of all steps, so that names live on; what a step logs is JSON. */
export const tourModule = (steps: readonly TourStep[]): string =>
  [
    'console.log = (value) => process.stdout.write(`${JSON.stringify(value)}\\n`);',
    ...steps.flatMap((step, index) => [`process.stdout.write('<<<${String(index)}>>>\\n');`, step.commands]),
  ].join('\n');

export function outputsOf(printed: string): string[] {
  return printed
    .split(/<<<\d+>>>\n/)
    .slice(1)
    .map((output) => output.trim());
}
