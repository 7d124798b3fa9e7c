export function closingLine(output: string, failedSteps: number): string;
