import type { DemoPerson, Directory } from './people.ts';

const marks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => marks[mark] ?? '');

const style = `body{font:16px system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h2{font-size:1rem;margin:1.5rem 0 .5rem}form{display:flex;flex-wrap:wrap;gap:.5rem}
button{font:inherit;text-align:left;padding:.5rem .75rem;border:1px solid #bbb;border-radius:6px;background:#fff;cursor:pointer}
button:hover,button:focus{border-color:#06c}small{display:block;color:#555}.note{color:#a40000}`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escaped(title)}</title><style>${style}</style></head><body><h1>${escaped(title)}</h1>${body}</body></html>`;

/** Who signs in? One button a person, by unit; the form posts `person`. */
export function loginPage({ people }: Directory, action: string): string {
  const groups = new Map<string, DemoPerson[]>();
  for (const person of people.values()) {
    const group = person.unit ?? 'Ngoài các đơn vị / Outside the offices';
    groups.set(group, [...(groups.get(group) ?? []), person]);
  }
  const sections = [...groups].map(
    ([unit, members]) =>
      `<h2>${escaped(unit)}</h2><form method="post" action="${escaped(action)}">${members.map(button).join('')}</form>`,
  );
  const note = 'Chỉ dùng khi phát triển: không có mật khẩu. / For development only: there is no password.';
  return page('Đăng nhập Org eID', `<p class="note">${note}</p>${sections.join('')}`);
}

const button = ({ id, name, roles }: DemoPerson): string =>
  `<button name="person" value="${escaped(id)}">${escaped(name)}<small>${escaped(id)} · ${roles.join(', ')}</small></button>`;

export const errorPage = (error: string, description = ''): string =>
  page('Không đăng nhập được', `<p class="note">${escaped(error)}</p><p>${escaped(description)}</p>`);
