// A webpack loader that edits a source as it is compiled, and fails when the text to edit is not in it.
/** @this {{ getOptions(): { edits: readonly (readonly [string, string])[] }; resourcePath: string }} */
export default function edit(source) {
  return this.getOptions().edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${this.resourcePath} has no longer: ${from}`);
    return text.replace(from, () => to);
  }, source);
}
