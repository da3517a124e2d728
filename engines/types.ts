import type { Logger } from 'pino';

export type EngineName = 'postgres' | 'nats' | 'temporal';

/** A running engine: a process of this run, or a server that the environment named. */
export type Engine = {
  readonly name: EngineName;
  /** Undefined while it is down, and always for a server that the environment named. */
  readonly pid: number | undefined;
  /** `host:port` */
  readonly address: string;
  readonly logFile: string;
  /**
   * Sends the signal (default SIGKILL) to the engine's process, and to its children for PostgreSQL, and waits until
   * they are gone. SIGSTOP and SIGCONT return at once. Throws `EID_ERR_ENGINE_EXTERNAL` for a server of the environment.
   */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same port and data and waits until it is healthy; a running one is stopped first. */
  restart(): Promise<void>;
  /** Talks to the engine in its own protocol. Never throws. */
  healthy(): Promise<boolean>;
};

/** Who connects to PostgreSQL: the owner of the schema, and the logins of the roles (store/roles/). */
export type PostgresLogin = 'migrator' | 'writer' | 'reader' | 'auditor';
export type PostgresEngine = Engine & {
  /** The owner's for an own cluster, ORGEID_POSTGRES_URL for one of the environment. */
  readonly url: string;
  /** With the login of each; the logins of an own cluster have passwords, and are there once somebody makes them. */
  readonly urls: Readonly<Record<PostgresLogin, string>>;
  /** Where the address of a login is kept for its owner's eyes only; undefined for one of the environment. */
  readonly urlFile?: (login: Exclude<PostgresLogin, 'migrator'>) => string;
};
export type NatsEngine = Engine & {
  /** With the user and the password of the system itself. */
  readonly url: string;
  /** `nats://host:port` for whoever brings a key. */
  readonly bareUrl: string;
  /** Where this server keeps the seeds of the parties that it was started with; undefined for one of the environment. */
  readonly keysDir?: string;
  /**
   * Gives the server another table of users (text of bus/permissions) and waits until it counts: who is no longer in it is cut off.
   * Undefined for a server of the environment, whose operator does that.
   * @throws EngineError `EID_ERR_ENGINE_USERS` when the server refuses the text; it then goes on with the one that it had
   */
  admit?(users: string): Promise<void>;
};
export type TemporalEngine = Engine & { readonly uiUrl?: string };

export type EngineByName = {
  readonly postgres: PostgresEngine;
  readonly nats: NatsEngine;
  readonly temporal: TemporalEngine;
};

/** The engines that were asked for (all three by default), and the way to end them. */
export type Engines<Name extends EngineName = EngineName> = Pick<EngineByName, Name> & {
  /** Ends every engine in good order. May be called more than once. */
  stop(): Promise<void>;
};

export type StartOptions<Name extends EngineName = EngineName> = {
  /** One folder for one run: `postgres/`, `nats/`, `temporal/` and `logs/` are made in it. */
  readonly dataDir: string;
  readonly only?: readonly Name[];
  /** One line for each start, stop and restart; without it only build progress is shown, on stderr. */
  readonly log?: Logger;
  /** Also start Temporal's web page. */
  readonly ui?: boolean;
  /** Leave the data for the next start on the same folder. Without it `stop` removes the data and leaves the logs. */
  readonly keepData?: boolean;
  /** Fixed ports; free ones are chosen otherwise. */
  readonly ports?: Partial<Record<EngineName, number>>;
};
