/** Cookies of one sign-in at one provider: what it sets is sent back, what it ends is dropped. Paths are not looked at. */
export type CookieJar = {
  take(response: Response): void;
  header(): Record<string, string>;
};

export function cookieJar(): CookieJar {
  const held = new Map<string, string>();
  return {
    take(response) {
      for (const line of response.headers.getSetCookie()) {
        const [pair = '', ...attributes] = line.split(';');
        const cut = pair.indexOf('=');
        const name = pair.slice(0, cut).trim();
        const value = pair.slice(cut + 1).trim();
        if (value === '' || isOver(attributes)) held.delete(name);
        else held.set(name, value);
      }
    },
    header() {
      if (held.size === 0) return {};
      return { cookie: [...held].map(([name, value]) => `${name}=${value}`).join('; ') };
    },
  };
}

function isOver(attributes: readonly string[]): boolean {
  const expires = attributes.map((each) => /^\s*expires=(.+)$/i.exec(each)?.[1]).find((each) => each);
  return expires !== undefined && Date.parse(expires) <= Date.now();
}
