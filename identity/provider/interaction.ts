import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { errors } from 'oidc-provider';
import { errorPage, loginPage } from './page.ts';
import type { Directory } from './people.ts';

const LONGEST_FORM = 4_096;

/** Whether a request is for the login page. */
export const isInteraction = ({ url = '' }: IncomingMessage): boolean => url.startsWith('/interaction/');

/** The login page: GET lists the people, POST signs the chosen one in. The session cookie ties both to one browser. */
export async function interact(
  provider: Provider,
  directory: Directory,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  try {
    const { uid } = await provider.interactionDetails(req, res);
    if (req.method === 'GET') return answer(res, 200, loginPage(directory, `/interaction/${uid}`));
    if (req.method !== 'POST') return answer(res, 405, errorPage('method_not_allowed'));
    const person = new URLSearchParams(await formOf(req)).get('person') ?? '';
    if (!directory.people.has(person))
      return answer(res, 400, errorPage('unknown_person', 'Không có người này.'));
    await provider.interactionFinished(req, res, { login: { accountId: person } });
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error;
    answer(res, 400, errorPage('session_not_found', 'Hãy bắt đầu đăng nhập lại từ ứng dụng.'));
  }
}

function answer(res: ServerResponse, status: number, html: string): void {
  res.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  });
  res.end(html);
}

async function formOf(req: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of req.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > LONGEST_FORM) return '';
  }
  return text;
}
