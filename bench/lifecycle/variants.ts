import { setTimeout as pause } from 'node:timers/promises';
import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import type { Cases } from '../../client/cases.ts';
import type { Registry } from '../../schemas/registry.ts';
import { dossierOf, filingOf, officers, registrant } from '../../test/support/requests.ts';
import type { watchCases } from '../../test/support/watch.ts';
import { BENCH_QUEUE } from './queue.ts';
import type { BenchInput } from './workflows.ts';

export type Command = 'submit' | 'propose' | 'approve';
export const commandNames: readonly Command[] = ['submit', 'propose', 'approve'];

/** One way of running a request from submission to issuance. `n` names the organisation, `id` the request. */
export type Variant = {
  readonly name: 'orgeid' | 'bare' | 'ordinary';
  workflowId(id: string): string;
  command(id: string, n: number, name: Command): Promise<void>;
  /**
   * Resolves when the registries have answered. By hand the `propose` handler waits for that itself, which costs those
   * variants nothing; only where commands are timed one by one is it waited for before (`exactly`).
   */
  untilChecked(id: string, exactly: boolean): Promise<void>;
};

const registries: readonly Registry[] = ['BUSINESS', 'TAX', 'POPULATION'];

/** The real thing. */
export function orgeid(cases: Cases, watch: ReturnType<typeof watchCases>): Variant {
  const stream = (id: string) => `registration-${id}`;
  const bodies = (n: number) => ({
    submit: { actor: registrant(n), type: 'FileRequest', data: filingOf(n) },
    propose: {
      actor: officers.proposer,
      type: 'ProposeIssuance',
      data: { taskId: 'propose-1', list: 'bench' },
    },
    approve: {
      actor: officers.director,
      type: 'DecideRequest',
      data: { taskId: 'decide-1', decision: 'APPROVE', reasons: [] },
    },
  });
  return {
    name: 'orgeid',
    workflowId: stream,
    async command(id, n, name) {
      await cases.send(stream(id), { id: `${id}/${name}`, ...bodies(n)[name] });
    },
    async untilChecked(id) {
      await watch.untilStatus(stream(id), 'PENDING_PROPOSAL');
    },
  };
}

function inputOf(workflowId: string, n: number, stores: boolean): BenchInput {
  const { category, code, taxCode, nameVi, representative } = dossierOf(n).organisation;
  const subject = {
    category,
    nameVi,
    ...(code === undefined ? {} : { code }),
    ...(taxCode === undefined ? {} : { taxCode }),
    ...(representative === undefined ? {} : { personNumber: representative.number }),
  };
  return {
    stores,
    registries: registries.map((registry) => ({
      queryId: `${workflowId}.${registry}.1`,
      registry,
      subject,
      fields: ['name_vi', 'tax_code'],
    })),
    notice: {
      orderId: `${workflowId}-account.notice1.1`,
      channel: 'VNEID',
      to: { name: 'bench', address: `registrant-${n}` },
      template: 'ACCOUNT_ISSUED',
      values: {},
    },
  };
}

/** The same steps written by hand: `bare` records nothing, `ordinary` stores each step by a regular activity. */
export function byHand(client: Client, name: 'bare' | 'ordinary'): Variant {
  const workflowId = (id: string) => `${name}-${id}`;
  const handle = (id: string) => client.workflow.getHandle(workflowId(id));
  return {
    name,
    workflowId,
    async command(id, n, command) {
      if (command !== 'submit') {
        await handle(id).executeUpdate(command, { args: [{ by: 'officer' }], updateId: `${id}/${command}` });
        return;
      }
      await client.workflow.executeUpdateWithStart('submit', {
        args: [filingOf(n)],
        updateId: `${id}/submit`,
        startWorkflowOperation: new WithStartWorkflowOperation('byHand', {
          workflowId: workflowId(id),
          taskQueue: BENCH_QUEUE,
          args: [inputOf(workflowId(id), n, name === 'ordinary')],
          workflowIdConflictPolicy: 'USE_EXISTING',
        }),
      });
    },
    async untilChecked(id, exactly) {
      while (exactly && !(await handle(id).query<boolean>('checked'))) await pause(20);
    },
  };
}
