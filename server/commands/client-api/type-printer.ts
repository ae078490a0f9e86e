import ts from "typescript";

const PLAIN: readonly [flag: ts.TypeFlags, text: string][] = [
  [ts.TypeFlags.Any | ts.TypeFlags.Unknown, "unknown"],
  [ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral, "string"],
  [ts.TypeFlags.Number, "number"],
  [ts.TypeFlags.Boolean, "boolean"],
  [ts.TypeFlags.Null, "null"],
  [ts.TypeFlags.Undefined | ts.TypeFlags.Void, "undefined"],
  [ts.TypeFlags.Never, "never"],
];

/** Writes types out in full, without anything that they were made of; interfaces of ours keep their names. */
export class TypePrinter {
  private readonly named = new Map<string, { type: ts.Type; text: string }>();

  constructor(private readonly checker: ts.TypeChecker) {}

  /** The type of a property. @throws Error where there is none */
  member(type: ts.Type, name: string): ts.Type {
    const symbol = this.checker.getPropertyOfType(type, name);
    if (symbol === undefined) throw new Error(`${this.checker.typeToString(type)} has no ${name}.`);
    return this.checker.getTypeOfSymbol(symbol);
  }

  isOptional(type: ts.Type): boolean {
    return type.isUnion() && type.types.some((each) => (each.flags & ts.TypeFlags.Undefined) !== 0);
  }

  /** All interfaces that were met so far. */
  declarations(): string[] {
    return [...this.named.values()].map(({ text }) => text);
  }

  /** @param at for messages: where the type is. @throws Error for what JSON cannot carry */
  print(type: ts.Type, at: string): string {
    if (type.isStringLiteral() || type.isNumberLiteral()) return JSON.stringify(type.value);
    if ((type.flags & ts.TypeFlags.BooleanLiteral) !== 0) return this.checker.typeToString(type);
    const plain = PLAIN.find(([flag]) => (type.flags & flag) !== 0);
    if (plain !== undefined) return plain[1];
    if (type.isUnion()) return this.union(type.types, at);
    if (this.checker.isArrayType(type)) return `(${this.print(this.argument(type, 0), `${at}[]`)})[]`;
    if (this.checker.isTupleType(type))
      return `[${this.checker
        .getTypeArguments(type as ts.TypeReference)
        .map((each) => this.print(each, at))
        .join(", ")}]`;
    if ((type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0) return this.object(type, at);
    throw new Error(`${at}: JSON has nothing like ${this.checker.typeToString(type)}.`);
  }

  private argument(type: ts.Type, place: number): ts.Type {
    const argument = this.checker.getTypeArguments(type as ts.TypeReference)[place];
    if (argument === undefined) throw new Error("A list of nothing.");
    return argument;
  }

  private union(types: readonly ts.Type[], at: string): string {
    const parts = new Set(types.map((each) => this.print(each, at)));
    if (parts.delete("true") && parts.delete("false")) parts.add("boolean");
    else if (types.some((each) => this.checker.typeToString(each) === "true")) parts.add("true");
    const last = ["null", "undefined"].filter((part) => parts.delete(part)); // as people write them
    return [...parts, ...last].join(" | ");
  }

  private object(type: ts.Type, at: string): string {
    if (type.getCallSignatures().length > 0 || this.isForeign(type))
      throw new Error(`${at}: JSON has nothing like ${this.checker.typeToString(type)}.`);
    const name = this.nameOf(type);
    if (name === null) return this.body(type, at);
    const known = this.named.get(name);
    if (known === undefined) {
      this.named.set(name, { type, text: "" }); // for those that hold themselves
      const text = `${this.comment(type.getSymbol())}export interface ${name} ${this.body(type, name)}`;
      this.named.set(name, { type, text });
    } else if (known.type !== type) return this.body(type, at);
    return name;
  }

  /** Classes and interfaces of the language and of libraries: dates, maps, buffers. */
  private isForeign(type: ts.Type): boolean {
    const declarations = type.getSymbol()?.declarations ?? [];
    return declarations.some(
      (each) =>
        (ts.isInterfaceDeclaration(each) || ts.isClassDeclaration(each)) &&
        each.getSourceFile().fileName.includes("node_modules"),
    );
  }

  private nameOf(type: ts.Type): string | null {
    const symbol = type.getSymbol();
    if (symbol === undefined || !type.isClassOrInterface()) return null;
    return (type as ts.InterfaceType).typeParameters === undefined ? symbol.name : null;
  }

  private body(type: ts.Type, at: string): string {
    const index = this.checker.getIndexInfoOfType(type, ts.IndexKind.String);
    const properties = type.getProperties();
    if (index !== undefined && properties.length === 0) return `Record<string, ${this.print(index.type, `${at}.*`)}>`;
    const lines = properties.map((property) => {
      const of = this.checker.getTypeOfSymbol(property);
      const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const text = this.print(of, `${at}.${property.name}`);
      return `${this.comment(property)}${property.name}${optional ? "?" : ""}: ${text};`;
    });
    return `{\n${lines.join("\n")}\n}`;
  }

  /** What the source says about it, without references that mean nothing outside. */
  private comment(symbol: ts.Symbol | undefined): string {
    const parts = symbol?.getDocumentationComment(this.checker) ?? [];
    const text = ts
      .displayPartsToString(parts)
      .replace(/ ?\((contract|see)[^)]*\)/g, "")
      .replace(/\{@link (\w+)\}/g, "`$1`")
      .replaceAll("*/", "");
    return text === "" ? "" : `\n/** ${text.replace(/\n/g, "\n * ")} */\n`;
  }
}
