import { type ModuleItem, parseSync } from '@swc/core';

/**
 * What a TypeScript source loads when it runs: the specifiers of its imports and re-exports without those of types only.
 * A dynamic import is answered as `import()`, whatever it names.
 */
export function runtimeImports(source: string): string[] {
  const { body } = parseSync(source, { syntax: 'typescript', target: 'es2022' });
  const dynamic = /\bimport\s*\(/.test(source) ? ['import()'] : [];
  return [...new Set([...body.flatMap(loads), ...dynamic])];
}

function loads(item: ModuleItem): string[] {
  switch (item.type) {
    case 'ImportDeclaration':
      return item.typeOnly || allTypes(item.specifiers) ? [] : [item.source.value];
    case 'ExportNamedDeclaration':
      return !item.source || item.typeOnly || allTypes(item.specifiers) ? [] : [item.source.value];
    case 'ExportAllDeclaration':
      return 'typeOnly' in item && item.typeOnly ? [] : [item.source.value];
    default:
      return [];
  }
}

function allTypes(specifiers: readonly object[]): boolean {
  return (
    specifiers.length > 0 &&
    specifiers.every((specifier) => 'isTypeOnly' in specifier && specifier.isTypeOnly === true)
  );
}
