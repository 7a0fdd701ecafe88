// What the libraries of the modellers ask a translation for, read from their code as it is shipped. Only the test
// of the words reads this.
import ts from "typescript";
import { build, type Rolldown } from "vite";

/** An answer of the search: what is asked for, and what is asked for in a way that cannot be read off the code. */
export interface Asked {
  texts: Set<string>;
  unread: Set<string>;
}

/** Where a library calls for a translation. */
const CALL = /^(translate(\$\d+)?|(this|self)\._?translate|.*\("translate"\))$/s;
/** Fields of entries in menus whose text is translated where the menu is drawn. */
const FIELD = /^["']?(label|title|explanation)["']?$/;

/** The code of an entry with all of its libraries, readable. */
export async function shipped(entry: string): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      minify: false,
      target: "es2022",
      lib: { entry, formats: ["es"] },
      rolldownOptions: { external: /\/i18n$/ }, // our own words
    },
  });
  const outputs = (Array.isArray(made) ? made : [made]) as Rolldown.RolldownOutput[];
  return outputs
    .flatMap((one) => one.output)
    .map((one) => (one.type === "chunk" ? one.code : ""))
    .join("\n");
}

/** A constant or function at the top of the code: the texts in it, the names of its fields. */
export interface Constant {
  texts: string[];
  fields: string[];
}
/** The texts of an expression that cannot be read off the code, taken from constants by their names. */
export type Known = Record<string, (constant: (name: string) => Constant) => string[]>;

/**
 * What is asked for in the part of the code that can be reached at all.
 *
 * @param code one bundle
 * @param known what cannot be read off, by how it is written
 */
export function asked(code: string, known: Known): Asked {
  const file = ts.createSourceFile("shipped.js", code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const declared = declarations(file);
  const texts = new Set<string>();
  const unread = new Set<string>();
  const reader = new Reader(declared, (text) => {
    const found = known[text];
    if (found === undefined) unread.add(text);
    return found?.((name) => constant(declared.get(name) ?? [])) ?? [];
  });
  each(reachable(file, declared), (node) => {
    if (ts.isCallExpression(node) && node.arguments.length <= 2 && CALL.test(node.expression.getText()))
      for (const text of reader.read(node.arguments[0])) texts.add(text);
    if (
      ts.isPropertyAssignment(node) &&
      FIELD.test(node.name.getText()) &&
      ts.isStringLiteralLike(node.initializer)
    )
      texts.add(node.initializer.text);
  });
  texts.delete("");
  return { texts, unread };
}

type Declared = Map<string, ts.Node[]>;

/** What stands at the top of a file, by name: declarations, and what is assigned to them later. */
function declarations(file: ts.SourceFile): Declared {
  const declared: Declared = new Map();
  const put = (name: string | undefined, node: ts.Node): void => {
    if (name !== undefined) declared.set(name, [...(declared.get(name) ?? []), node]);
  };
  for (const one of file.statements) {
    if (ts.isFunctionDeclaration(one) || ts.isClassDeclaration(one)) put(one.name?.text, one);
    else if (ts.isVariableStatement(one))
      for (const inner of one.declarationList.declarations) put(inner.name.getText(), inner);
    else put(assigned(one), one);
  }
  return declared;
}

/** The name to which a statement such as `Name.prototype.draw = ...` belongs. */
function assigned(one: ts.Statement): string | undefined {
  if (!ts.isExpressionStatement(one) || !ts.isBinaryExpression(one.expression)) return undefined;
  return /^[\w$]+/.exec(one.expression.left.getText())?.[0];
}

/** All that is used, beginning with what is exported or simply done. */
function reachable(file: ts.SourceFile, declared: Declared): ts.Node[] {
  const owned = new Set([...declared.values()].flat());
  const found: ts.Node[] = file.statements.filter((one) => !ts.isVariableStatement(one) && !owned.has(one));
  const seen = new Set<string>();
  // The list grows while it is gone through.
  for (const one of found) {
    const own = new Set(bindings(one).map((bound) => bound.name.getText()));
    each([one], (node) => {
      if (!ts.isIdentifier(node) || seen.has(node.text) || isName(node) || own.has(node.text)) return;
      seen.add(node.text);
      found.push(...(declared.get(node.text) ?? []));
    });
  }
  return found;
}

type Binding = ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement;

/** The names that something at the top of a file has of its own, within it. */
function bindings(outer: ts.Node): Binding[] {
  const found: Binding[] = [];
  each([outer], (node) => {
    if (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node)) found.push(node);
  });
  return found.filter((one) => one !== outer);
}

/** Whether a node is the name of a field. */
function isName(node: ts.Node): boolean {
  const { parent } = node;
  return (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node;
}

function each(nodes: ts.Node[], visit: (node: ts.Node) => void): void {
  const walk = (node: ts.Node): void => {
    visit(node);
    ts.forEachChild(node, walk);
  };
  nodes.forEach(walk);
}

function constant(nodes: ts.Node[]): Constant {
  const found: Constant = { texts: [], fields: [] };
  each(nodes, (one) => {
    if (ts.isPropertyAssignment(one)) found.fields.push(one.name.getText().replaceAll('"', ""));
    if (ts.isStringLiteralLike(one) && !isName(one)) found.texts.push(one.text);
  });
  return found;
}

/** Reads which texts an expression can have. */
class Reader {
  constructor(
    private readonly declared: Declared,
    private readonly otherwise: (text: string) => string[],
  ) {}

  read(node: ts.Node | undefined): string[] {
    if (node === undefined) return [];
    if (ts.isStringLiteralLike(node)) return [node.text];
    if (ts.isParenthesizedExpression(node)) return this.read(node.expression);
    if (ts.isConditionalExpression(node)) return [...this.read(node.whenTrue), ...this.read(node.whenFalse)];
    if (ts.isTemplateExpression(node))
      return node.templateSpans.reduce(
        (begun, span) => joined(joined(begun, this.read(span.expression)), [span.literal.text]),
        [node.head.text],
      );
    if (ts.isBinaryExpression(node)) return this.both(node);
    if (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node))
      return constant([node]).texts;
    if (ts.isElementAccessExpression(node)) return this.read(node.expression);
    if (ts.isIdentifier(node)) return this.named(node);
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) return this.returned(node.expression);
    return this.otherwise(node.getText());
  }

  private both({ left, operatorToken, right }: ts.BinaryExpression): string[] {
    if (operatorToken.kind === ts.SyntaxKind.PlusToken) return joined(this.read(left), this.read(right));
    if (operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) return this.read(right);
    return [...this.read(left), ...this.read(right)];
  }

  private named(node: ts.Identifier): string[] {
    const own = bindings(top(node)).filter((one) => one.name.getText() === node.text);
    const [made] =
      own.length > 0 ? own : (this.declared.get(node.text) ?? []).filter(ts.isVariableDeclaration);
    return made?.initializer === undefined ? this.otherwise(node.text) : this.read(made.initializer);
  }

  private returned(name: ts.Identifier): string[] {
    const found: string[] = [];
    each(this.declared.get(name.text) ?? [], (one) => {
      if (ts.isReturnStatement(one) && one.expression !== undefined) found.push(...this.read(one.expression));
    });
    return found;
  }
}

/** The statement at the top of the file in which a node is. */
function top(node: ts.Node): ts.Node {
  return ts.isSourceFile(node.parent) ? node : top(node.parent);
}

function joined(first: string[], second: string[]): string[] {
  return first.flatMap((one) => second.map((two) => one + two));
}
