export function readSchema(file: string): Record<string, string[]>;
