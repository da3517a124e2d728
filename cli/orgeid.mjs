#!/usr/bin/env node
// Plain JavaScript, so that it can say what is missing before the dependencies are there.
import process from 'node:process';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

async function start() {
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write(
      `EID_ERR_NODE_VERSION: this is Node.js ${process.versions.node} — install Node.js 20.19 or newer.\n`,
    );
    return 1;
  }
  try {
    const { register } = await import('tsx/esm/api');
    register();
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    process.stderr.write(
      'EID_ERR_FILE: the dependencies are not installed — run "npm ci" in the project folder.\n',
    );
    return 1;
  }
  const { main } = await import('./main.ts');
  return main(process.argv.slice(2));
}

// `orgeid … | head` is no error: it ends quietly once the reader has gone.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.exitCode = await start();
