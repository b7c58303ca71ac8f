// A lookup by a key that comes from data must not find what every object inherits (`constructor`, `toString`): where a map may
// have any text as a key, it is read with `own(map, key)` of src/rules/own.ts. Writing is free: no path, kind or code of the
// wire can be spelled `__proto__` (SPEC W14).
import typescript from 'typescript';

const { IndexKind, TypeFlags } = typescript;

/**
 * @typedef {import('estree').Node} Node
 * @typedef {{ program: import('typescript').Program, getTypeAtLocation: (node: Node) => import('typescript').Type }} Services
 */

/**
 * A key that may be any text. Of a union of literals the compiler knows every member; nothing inherited has a `/` or a `.`.
 * @type {(type: import('typescript').Type) => boolean}
 */
function isAnyText(type) {
  if (type.isUnion()) return type.types.some(isAnyText);
  if ('texts' in type)
    return !(
      /** @type {import('typescript').TemplateLiteralType} */ (type).texts.some((text) =>
        /\W/.test(text),
      )
    );
  return (type.flags & (TypeFlags.String | TypeFlags.Any)) !== 0;
}

/** @type {(type: import('typescript').Type, checker: import('typescript').TypeChecker) => boolean} */
function isMap(type, checker) {
  if (type.isUnion()) return type.types.some((one) => isMap(one, checker));
  const isAny = (type.flags & TypeFlags.Any) !== 0;
  return isAny || checker.getIndexInfoOfType(type, IndexKind.String) !== undefined;
}

/** @type {(node: import('eslint').Rule.Node) => boolean} */
function isWritten(node) {
  /** @type {{ type: string, left?: unknown } | null} */
  const parent = node.parent;
  return (
    parent?.type === 'SvelteDirective' ||
    (parent?.type === 'AssignmentExpression' && parent.left === node)
  );
}

/** @type {import('eslint').Rule.RuleModule} */
export const ownLookup = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { inherited: '`{{text}}` may find what every object inherits: use own().' },
  },
  create(context) {
    const { getTypeAtLocation, program } = /** @type {Services} */ (
      context.sourceCode.parserServices
    );
    const checker = program.getTypeChecker();
    /** @type {(node: Node, map: Node, key: Node) => void} */
    const check = (node, map, key) => {
      if (!isAnyText(getTypeAtLocation(key))) return;
      if (!isMap(checker.getNonNullableType(getTypeAtLocation(map)), checker)) return;
      const text = context.sourceCode.getText(node);
      context.report({ node, messageId: 'inherited', data: { text } });
    };
    return {
      /** @type {(node: import('estree').MemberExpression & import('eslint').Rule.NodeParentExtension) => void} */
      'MemberExpression[computed=true]': (node) => {
        if (!isWritten(node)) check(node, node.object, node.property);
      },
      /** @type {(node: import('estree').BinaryExpression) => void} */
      'BinaryExpression[operator="in"]': (node) => {
        check(node, node.right, node.left);
      },
    };
  },
};
