import process from 'node:process';
import { Command, Option } from 'commander';
import { DomainError } from '../../domain/error.ts';

/** `orgeid registry`: commands to a running mock registry or channel. */
export function registryCommand(): Command {
  const registry = new Command('registry')
    .description('Commands to a running mock registry: have it misbehave, behave again, or publish changes.')
    .action(() => {
      throw new DomainError('EID_ERR_USAGE', { reason: 'orgeid registry fault, state or burst' });
    });
  for (const part of [fault(), state(), burst()]) {
    registry.addCommand(part.exitOverride().configureOutput({ writeErr: () => {} }));
  }
  return registry;
}

const where = () =>
  new Option('--nats <url>', 'the NATS server; ORGEID_NATS_URL when absent').default(
    process.env.ORGEID_NATS_URL,
  );

const fault = () =>
  new Command('fault')
    .description('Have it misbehave from now on; NONE ends every fault.')
    .argument('<party>', 'BUSINESS, COOPERATIVE, TAX, POPULATION, VNEID, SMS or EMAIL')
    .argument('<fault>', 'what it does')
    .option('--ms <number>', 'SLOW: how long an answer takes; UNAVAILABLE: when to ask again')
    .option('--times <number>', 'how often; for ever when absent')
    .option('--key <key>', 'only for this code, tax code, personal number or address')
    .addOption(where())
    .option('--json', 'one JSON document instead of a line')
    .addHelpText(
      'after',
      `
Faults:
  NONE           answers at once again            SLOW           answers late, by --ms; days, too
  SILENT         never answers                    DOWN           takes no question until the next fault for all
  UNAVAILABLE    asks to be asked again           ERROR          fails inside
  REFUSED        will not answer                  WRONG          answers with other values
  TWICE          sends its answer twice           CONTRADICTORY  sends two different answers to one question
  GARBAGE        sends what is no answer          FOREIGN_QUERY  answers to a question of another case
  MISADDRESSED   answers on another's subject

Examples:
  orgeid registry fault BUSINESS SLOW --ms 2000 --key 0000001001
  orgeid registry fault TAX DOWN
  orgeid registry fault TAX NONE`,
    )
    .action(async (party, name, options) => {
      const { runFault } = await import('../registry/run.ts');
      await runFault(party, name, options);
    });

const state = () =>
  new Command('state')
    .description('Say whether it is down and how often it was asked.')
    .argument('<party>', 'which')
    .addOption(where())
    .option('--json', 'one JSON document instead of a line')
    .action(async (party, options) => {
      const { runState } = await import('../registry/run.ts');
      await runState(party, options);
    });

const burst = () =>
  new Command('burst')
    .description('Have it publish a change of each of its first records at once; the changes alter nothing.')
    .argument('<party>', 'BUSINESS, COOPERATIVE or TAX')
    .argument('<count>', 'how many')
    .addOption(where())
    .option('--json', 'one JSON document instead of a line')
    .action(async (party, count, options) => {
      const { runBurst } = await import('../registry/run.ts');
      await runBurst(party, count, options);
    });
