/**
 * Every error that a caller may meet: HTTP status, message in Vietnamese and English, and what to do next.
 * The keys are stable; texts may change.
 */
export const errorTable = {
  EID_ERR_SHAPE: {
    status: 400,
    vi: 'Dữ liệu gửi lên không đúng định dạng.',
    en: 'The data sent does not have the expected shape.',
    next: 'Correct the fields listed in the details and send again.',
  },
  EID_ERR_COMMAND_UNKNOWN: {
    status: 400,
    vi: 'Không có thao tác này cho loại hồ sơ này.',
    en: 'This case type has no such command.',
    next: 'Use one of the commands listed for the case.',
  },
  EID_ERR_CASE_UNKNOWN: {
    status: 404,
    vi: 'Không tìm thấy hồ sơ.',
    en: 'There is no such case.',
    next: 'Check the number of the case.',
  },
  EID_ERR_CASE_EXISTS: {
    status: 409,
    vi: 'Hồ sơ đã tồn tại.',
    en: 'The case exists already.',
    next: 'Read the case; use a new number for a new request.',
  },
  EID_ERR_CASE_CLOSED: {
    status: 409,
    vi: 'Hồ sơ đã kết thúc.',
    en: 'The case has ended.',
    next: 'Read its outcome; file a new request if the law allows one.',
  },
  EID_ERR_OUT_OF_PLACE: {
    status: 409,
    vi: 'Thao tác không phù hợp với trạng thái hiện tại của hồ sơ.',
    en: 'The command does not fit the present state of the case.',
    next: 'Read the case again and use one of the actions that it lists.',
  },
  EID_ERR_VERSION: {
    status: 412,
    vi: 'Hồ sơ đã thay đổi từ lần đọc trước.',
    en: 'The case has changed since it was read.',
    next: 'Read it again and decide anew.',
  },
  EID_ERR_UNAUTHENTICATED: {
    status: 401,
    vi: 'Chưa đăng nhập, hoặc phiên đăng nhập không được chấp nhận.',
    en: 'The caller has not signed in, or the access token is not accepted.',
    next: 'Sign in again; the reason is in the details.',
  },
  EID_ERR_FORBIDDEN: {
    status: 403,
    vi: 'Người dùng không có quyền thực hiện thao tác này.',
    en: 'The caller may not do this.',
    next: 'Ask a person who holds the role and unit named in the details.',
  },
  EID_ERR_FOUR_EYES: {
    status: 403,
    vi: 'Một người không được thực hiện cả hai bước này.',
    en: 'One person may not take both of these steps.',
    next: 'Hand the task to a colleague who took no part in the other step.',
  },
  EID_ERR_TASK_UNKNOWN: {
    status: 404,
    vi: 'Không tìm thấy nhiệm vụ.',
    en: 'The case has no such task.',
    next: 'Read the tasks of the case again.',
  },
  EID_ERR_TASK_HELD: {
    status: 409,
    vi: 'Nhiệm vụ đang do người khác giữ.',
    en: 'Another person holds the task.',
    next: 'Take another task, or ask the holder or the head of the unit named in the details.',
  },
  EID_ERR_TASK_NOT_HELD: {
    status: 409,
    vi: 'Người dùng không giữ nhiệm vụ này.',
    en: 'The caller does not hold the task.',
    next: 'Claim the task first.',
  },
  EID_ERR_TASK_CLOSED: {
    status: 409,
    vi: 'Nhiệm vụ đã kết thúc.',
    en: 'The task has ended.',
    next: 'Read the tasks of the case again.',
  },
  EID_ERR_TASK_CHANGED: {
    status: 412,
    vi: 'Nhiệm vụ đã thay đổi từ lần đọc trước.',
    en: 'The task has changed since it was read.',
    next: 'Read it again and decide anew.',
  },
  EID_ERR_STATE_SECRET_ONLINE: {
    status: 422,
    vi: 'Hồ sơ có yếu tố bí mật nhà nước không được nộp trực tuyến.',
    en: 'A dossier that contains a state secret is never taken online.',
    next: 'File it in person at the handling agency.',
  },
  EID_ERR_ARMED_FORCES_PC06: {
    status: 422,
    vi: 'Tài khoản của đơn vị lực lượng vũ trang được tạo lập với PC06.',
    en: 'Accounts of armed forces units are made with PC06.',
    next: 'File the request with PC06 of the province.',
  },
  EID_ERR_ORGANISATION_TAKEN: {
    status: 409,
    vi: 'Tổ chức đã có tài khoản hoặc có hồ sơ đang giải quyết.',
    en: 'The organisation has an account or an open request already.',
    next: 'Follow the case named in the details.',
  },
  EID_ERR_DOSSIER_NOT_VALID: {
    status: 422,
    vi: 'Hồ sơ chưa đầy đủ, hợp lệ.',
    en: 'The dossier is not complete and valid.',
    next: 'Supplement the fields listed in the details.',
  },
  EID_ERR_REASON_MISSING: {
    status: 422,
    vi: 'Phải nêu lý do.',
    en: 'Reasons are required.',
    next: 'Give at least one reason of the enumeration.',
  },
  EID_ERR_CONSENT_MISSING: {
    status: 409,
    vi: 'Chưa có sự đồng ý của toàn bộ người đại diện theo pháp luật khác.',
    en: 'The agreement of all other legal representatives is not there.',
    next: 'Wait for the representatives named in the details.',
  },
  EID_ERR_ACTIVATION_OVERDUE: {
    status: 409,
    vi: 'Đã quá thời hạn kích hoạt; liên hệ tổng đài để kích hoạt.',
    en: 'The time for activation has passed; the call centre activates the account.',
    next: 'Contact the call centre.',
  },
  EID_ERR_ACCOUNT_LOCKED: {
    status: 409,
    vi: 'Tài khoản đang bị khóa.',
    en: 'The account is locked.',
    next: 'Read its grounds; whoever placed a ground can have it lifted.',
  },
  EID_ERR_ACCOUNT_DISSOLVED: {
    status: 409,
    vi: 'Tổ chức đã giải thể; tài khoản không thay đổi được nữa.',
    en: 'The organisation is dissolved; nothing changes in its account any more.',
    next: 'Read the account; its records stay.',
  },
  EID_ERR_GROUND_DISABLED: {
    status: 422,
    vi: 'Chính sách hiện hành không cho phép căn cứ khóa này.',
    en: 'The policy in force has no such ground, or it is disabled.',
    next: 'Use a ground that the policy enables.',
  },
  EID_ERR_GROUND_NOT_HELD: {
    status: 409,
    vi: 'Không có căn cứ khóa nào mà người yêu cầu được gỡ bỏ.',
    en: 'There is no ground that the caller may lift.',
    next: 'Read the grounds; each names who lifts it.',
  },
  EID_ERR_ORDER_INCOMPLETE: {
    status: 422,
    vi: 'Phiếu TK03 chưa đầy đủ.',
    en: 'Form TK03 is not complete.',
    next: 'Complete the fields listed in the details.',
  },
  EID_ERR_PROOF_REFUSED: {
    status: 422,
    vi: 'Minh chứng đăng ký không được chấp nhận.',
    en: 'The proof of registration is not accepted.',
    next: 'See the reason in the details; have a new proof shown.',
  },
  EID_ERR_UNIT_UNKNOWN: {
    status: 422,
    vi: 'Không có đơn vị này trong danh mục tại ngày áp dụng.',
    en: 'The catalogue has no such unit at that date.',
    next: 'Check the code and the version of the unit catalogue.',
  },
  EID_ERR_CALENDAR_RANGE: {
    status: 500,
    vi: 'Ngày nằm ngoài lịch làm việc đã công bố.',
    en: 'The date lies outside the published working calendar.',
    next: 'Add the year to the calendar data.',
  },
  EID_ERR_POLICY_INVALID: {
    status: 500,
    vi: 'Dữ liệu chính sách không hợp lệ.',
    en: 'The policy data is not valid.',
    next: 'Correct the file and path named in the details.',
  },
  EID_ERR_POLICY_UNKNOWN: {
    status: 500,
    vi: 'Không có phiên bản chính sách này.',
    en: 'There is no such policy version.',
    next: 'Install the policy version that the case names.',
  },
  EID_ERR_CSV_ROW: {
    status: 400,
    vi: 'Dòng dữ liệu không hợp lệ.',
    en: 'A row of the file is not valid.',
    next: 'Correct the row and column named in the details; the other rows were taken.',
  },
  EID_ERR_FILE: {
    status: 400,
    vi: 'Không đọc được tệp.',
    en: 'The file cannot be read.',
    next: 'Check the path, the encoding (UTF-8) and the header.',
  },
  EID_ERR_USAGE: {
    status: 400,
    vi: 'Lệnh không đúng cách dùng.',
    en: 'The command line is not as expected.',
    next: 'See --help.',
  },
  EID_ERR_ENGINE_MISSING: {
    status: 503,
    vi: 'Thiếu thành phần máy chủ cần thiết.',
    en: 'A needed engine is missing.',
    next: 'Install what the message names.',
  },
  EID_ERR_ENGINE_BUILD: {
    status: 503,
    vi: 'Không dựng được thành phần máy chủ.',
    en: 'An engine could not be built.',
    next: 'Read the build output that the message names.',
  },
  EID_ERR_ENGINE_START: {
    status: 503,
    vi: 'Không khởi động được thành phần máy chủ.',
    en: 'An engine did not start.',
    next: 'Read the last lines of its log in the message.',
  },
  EID_ERR_ENGINE_STOPPED: {
    status: 503,
    vi: 'Thành phần máy chủ đã dừng.',
    en: 'An engine has been stopped.',
    next: 'Start it again.',
  },
  EID_ERR_ENGINE_EXTERNAL: {
    status: 503,
    vi: 'Thành phần máy chủ bên ngoài không trả lời hoặc không đúng phiên bản.',
    en: 'An engine named in the environment does not answer, or has the wrong version.',
    next: 'Check the address in the environment.',
  },
  EID_ERR_DATA_DIR_BUSY: {
    status: 409,
    vi: 'Thư mục dữ liệu đang được một tiến trình khác sử dụng.',
    en: 'Another run uses the data folder.',
    next: 'Stop that run, or name another folder.',
  },
  EID_ERR_DATA_DIR_KEPT: {
    status: 409,
    vi: 'Thư mục dữ liệu đã có dữ liệu được giữ lại.',
    en: 'The data folder holds data that was kept.',
    next: 'Start with the data kept, or name another folder.',
  },
  EID_ERR_NODE_VERSION: {
    status: 500,
    vi: 'Phiên bản Node.js quá cũ.',
    en: 'This Node.js is too old.',
    next: 'Install Node.js 20.19 or newer.',
  },
  EID_ERR_NATS_VERSION: {
    status: 503,
    vi: 'Máy chủ NATS quá cũ.',
    en: 'The NATS server is too old.',
    next: 'Install the version that the message names, or a newer one.',
  },
  EID_ERR_STREAM_DISAGREES: {
    status: 500,
    vi: 'Luồng sự kiện không khớp với nhật ký.',
    en: 'The event stream disagrees with the log.',
    next: 'Find out who wrote into the stream; the log is the record. Then resume the relay.',
  },
  EID_ERR_MISADDRESSED: {
    status: 400,
    vi: 'Câu hỏi gửi sai nơi nhận.',
    en: 'A question reached somebody whom it does not concern.',
    next: 'Check the subject that the adapter listens on.',
  },
  EID_ERR_ADAPTER: {
    status: 500,
    vi: 'Bộ kết nối cơ sở dữ liệu gặp lỗi.',
    en: 'A registry adapter failed.',
    next: 'Read its log; the question comes again.',
  },
  EID_ERR_UNAVAILABLE: {
    status: 503,
    vi: 'Hệ thống tạm thời chưa trả lời được; thao tác có thể đã được ghi nhận.',
    en: 'The system does not answer at present; the command may have been taken.',
    next: 'Send the same command with the same id again; it is carried out once.',
  },
  EID_ERR_INTERNAL: {
    status: 500,
    vi: 'Lỗi hệ thống.',
    en: 'The system failed in a way that no rule foresees.',
    next: 'Report the correlation id; the case is as it was.',
  },
  EID_ERR_LOG_BROKEN: {
    status: 500,
    vi: 'Nhật ký sự kiện không nguyên vẹn.',
    en: 'The event log is not whole.',
    next: 'Stop writing and call the auditor; the position is in the details.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorEntry = {
  readonly status: number;
  readonly vi: string;
  readonly en: string;
  readonly next: string;
};

/** Stable code of an error. */
export type ErrorCode = keyof typeof errorTable;
