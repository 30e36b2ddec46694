/** What the server, or the way to it, said no with. */
export class Problem extends Error {
  /**
   * @param {number} status the HTTP status; 0 where there was no answer
   * @param {string} detail for people
   * @param {?string} field which field of the request it is about, as a JSON pointer
   */
  constructor(status, detail, field = null) {
    super(detail);
    this.status = status;
    this.field = field;
  }
}

/** Where the server is: nothing can be fetched from a URL that has a login in it. */
export const SERVER = new URL('.', document.baseURI);
SERVER.username = '';
SERVER.password = '';

/** Events of these kinds, and of this job alone where one is named. */
export const events = (kinds, job = null) =>
  new EventSource(new URL(`events?kinds=${kinds}${job === null ? '' : `&job=${job}`}`, SERVER));

async function problemOf(response) {
  const text = await response.text();
  try {
    const problem = JSON.parse(text);
    return new Problem(response.status, problem.detail ?? problem.title, problem.field);
  } catch {
    return new Problem(response.status, `The server answered with HTTP ${response.status}.`);
  }
}

async function ask(method, path, body, headers = {}) {
  let response;
  try {
    response = await fetch(new URL(path, SERVER), {
      method,
      headers: body === undefined ? headers : {'Content-Type': 'application/json', ...headers},
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
    });
  } catch {
    throw new Problem(0, 'The server does not answer.');
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response;
}

async function json(response) {
  return response.status === 204 ? null : response.json();
}

export const get = async (path) => json(await ask('GET', path));

/** The log of a work unit: its text, and of which attempt it is. */
export async function getLog(path) {
  const response = await ask('GET', path);
  return {
    attempt: Number(response.headers.get('CloudCrowd-Attempt')),
    text: await response.text(),
  };
}

export const post = async (path, body, headers) => json(await ask('POST', path, body, headers));

export const put = async (path, body) => json(await ask('PUT', path, body));

export const remove = async (path) => json(await ask('DELETE', path));
