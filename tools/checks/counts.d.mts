export function closingLine(output: string, failedSteps: number): string;
export function failedTests(output: string): string[];
