export function readSchema(file: string): { version: string; tables: string[] };
