export class Failures {
  add(line: string): void;
  lines(): readonly string[];
}
