/** Stable codes of everything that can go wrong before or while the engines run. */
export type EngineErrorCode =
  | 'EID_ERR_ENGINE_MISSING'
  | 'EID_ERR_ENGINE_BUILD'
  | 'EID_ERR_ENGINE_START'
  | 'EID_ERR_ENGINE_STOPPED'
  | 'EID_ERR_ENGINE_EXTERNAL'
  | 'EID_ERR_ENGINE_USERS'
  | 'EID_ERR_DATA_DIR_BUSY'
  | 'EID_ERR_DATA_DIR_KEPT';

/** An error of the engines with a stable code and a sentence that says what to do next. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(`${code}: ${message}`, options);
    this.name = 'EngineError';
    this.code = code;
  }
}
