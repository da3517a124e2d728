const decree = (words: string) => `${words} Nghị định 69/2024/NĐ-CP`;
const older = (words: string) => `${words} Nghị định 59/2022/NĐ-CP (văn bản trước đây)`;
const order = (words: string) => `Mục II.B.A.2 Quyết định 5709/QĐ-BCA-C06 (${words})`;
const notFound = 'Không tìm thấy văn bản quy định';

/** The legal bases of the policy that is shipped, in Vietnamese. The policy gives them in English; another's is shown as it stands. */
export const basesVi: Readonly<Record<string, string>> = {
  'Decree 69/2024 Art 13(4)(a)': decree('Điểm a khoản 4 Điều 13'),
  'Decree 69/2024 Art 13(4)(b)': decree('Điểm b khoản 4 Điều 13'),
  'Decree 69/2024 Art 14(1)': decree('Khoản 1 Điều 14'),
  'Decree 69/2024 Art 16': decree('Điều 16'),
  'Decree 69/2024 Art 3(4)': decree('Khoản 4 Điều 3'),
  'Decree 69/2024 Arts 7(1)-(2), 12(1)': decree('Khoản 1, khoản 2 Điều 7, khoản 1 Điều 12'),
  'Decree 69/2024 Art 12 (who receives); how a VNeID request is found complete is not stated': `${decree('Điều 12')} (nơi tiếp nhận); không nêu cách xác định hồ sơ gửi qua VNeID là đầy đủ`,
  'Decree 69/2024 Art 12 step 1 (agreement of all other legal representatives)': `${decree('Bước 1 Điều 12')} (sự đồng ý của toàn bộ người đại diện theo pháp luật khác)`,
  'Decree 69/2024 Art 12 step 2 (local verification when the information is not yet in the databases)': `${decree('Bước 2 Điều 12')} (xác minh tại địa phương khi thông tin chưa có trong cơ sở dữ liệu)`,
  'Decree 69/2024 Art 12 step 2; training slides 13-15 on which database for which category': `${decree('Bước 2 Điều 12')}; tài liệu tập huấn trang 13-15 về cơ sở dữ liệu theo loại tổ chức`,
  'Decree 69/2024 Art 12 step 3 (VNeID, or registered mobile number, or e-mail)': `${decree('Bước 3 Điều 12')} (VNeID, số điện thoại chính chủ hoặc thư điện tử)`,
  'Decree 69/2024 Art 13(4) counts from receipt of the complete and valid dossier; rules on supplement not found': `${decree('Khoản 4 Điều 13')} tính từ khi nhận đủ hồ sơ hợp lệ; không tìm thấy quy định về bổ sung hồ sơ`,
  'Decree 69/2024 Art 15 (clause on organisations not found); each ground names its own basis': `${decree('Điều 15')} (không tìm thấy khoản về tổ chức); mỗi căn cứ nêu cơ sở riêng`,
  'Decree 69/2024 Art 18 connects systems by agreement; which ones is not in the texts': `${decree('Điều 18')} kết nối hệ thống theo thỏa thuận; văn bản không nêu hệ thống nào`,
  'Decree 69/2024 Art 6 (items without "if any"); form TK02': `${decree('Điều 6')} (các mục không ghi "nếu có"); mẫu TK02`,
  'Decree 69/2024 Art 6 (items); which database answers for which item is not stated': `${decree('Điều 6')} (các mục thông tin); không nêu cơ sở dữ liệu nào cho mục nào`,
  'Decree 69/2024 Art 8 (information is updated automatically from the databases); which of two goes before is not stated': `${decree('Điều 8')} (thông tin được tự động cập nhật từ cơ sở dữ liệu); không nêu thứ tự ưu tiên`,
  'Decree 59/2022 Art 19 alone; Decision 5709 of 2025 no longer names the service user': `${older('Chỉ Điều 19')}; Quyết định 5709 năm 2025 không còn nêu bên sử dụng dịch vụ`,
  'Decree 59/2022 Art 19(3) (predecessor); a suspension (SUSPENDED) is named in no text that was seen': `${older('Khoản 3 Điều 19')}; không thấy văn bản nào nêu việc tạm ngừng`,
  'Decree 59/2022 Art 19(3) (predecessor); the clause of Decree 69/2024 Art 15 on organisations was not found': `${older('Khoản 3 Điều 19')}; không tìm thấy khoản về tổ chức tại Điều 15 Nghị định 69/2024/NĐ-CP`,
  'Decree 59/2022 Art 19(3) (predecessor, "giải thể"); VNeID function "Yêu cầu giải thể, ngừng hoạt động"': `${older('Khoản 3 Điều 19')} ("giải thể"); chức năng VNeID "Yêu cầu giải thể, ngừng hoạt động"`,
  'Decree 59/2022 Art 19(3) and 19(4)(a) (predecessor, "dừng hoạt động"; unlocked when the ground has ceased)': `${older('Khoản 3, điểm a khoản 4 Điều 19')} ("dừng hoạt động"; mở khóa khi căn cứ không còn)`,
  'Decree 59/2022 Art 21 (predecessor, five years from use); the number in Decree 69/2024 was not seen (procedure.md facts 61 to 63)': `${older('Điều 21')} (năm năm kể từ khi sử dụng); chưa thấy điều tương ứng của Nghị định 69/2024/NĐ-CP`,
  'Decision 5709/QĐ-BCA-C06, Part II.B.A.2 (form TK03 filed at commune police or PC06 anywhere, or by post)':
    order('phiếu TK03 nộp tại công an cấp xã hoặc PC06 bất kỳ, hoặc qua bưu chính'),
  'Decision 5709/QĐ-BCA-C06, Part II.B.A.2 step 2': order('bước 2'),
  'Decision 5709/QĐ-BCA-C06, Part II.B.A.2 step 3': order('bước 3'),
  'Decision 5709/QĐ-BCA-C06, Part II.B.A.2 (cơ quan khác có thẩm quyền); Decree 69/2024 Arts 15, 16': `${order('cơ quan khác có thẩm quyền')}; ${decree('Điều 15, Điều 16')}`,
  'Decision 5709/QĐ-BCA-C06, Part II.B.A.2 (cơ quan tiến hành tố tụng); Decree 69/2024 Arts 15, 16': `${order('cơ quan tiến hành tố tụng')}; ${decree('Điều 15, Điều 16')}`,
  'Dispatch 1019/UBND-KSTT of Bình Định, 13 February 2025':
    'Công văn 1019/UBND-KSTT ngày 13/02/2025 của tỉnh Bình Định',
  'Dispatch 329/BCA-V03 of 4 February 2025; dispatch 1019/UBND-KSTT of Bình Định':
    'Công văn 329/BCA-V03 ngày 04/02/2025; Công văn 1019/UBND-KSTT của tỉnh Bình Định',
  "Law on Identity 26/2023 Art 34(2) (the authority that asked asks to unlock; citizen's card); for organisations not found":
    'Khoản 2 Điều 34 Luật Căn cước số 26/2023/QH15 (cơ quan đã đề nghị thì đề nghị mở khóa; căn cước công dân); không tìm thấy quy định cho tổ chức',
  'Procedure sheet of Bạc Liêu police, 12 September 2024 (unlock on request of an authority)':
    'Tờ thủ tục của Công an tỉnh Bạc Liêu ngày 12/9/2024 (mở khóa theo đề nghị của cơ quan có thẩm quyền)',
  'Press, February 2024 (procedure.md fact 35)': 'Báo chí, tháng 02/2024',
  'Training slides 13-15 (officer, head of unit, C06 officer); Decree 69/2024 Art 16 (Director of C06). No sub-limit found for any step': `Tài liệu tập huấn trang 13-15 (cán bộ, thủ trưởng đơn vị, cán bộ C06); ${decree('Điều 16')} (Cục trưởng C06). Không tìm thấy thời hạn riêng cho từng bước`,
  'The fields of form TK03 were not found (procedure.md 6, item 6)':
    'Không tìm thấy quy định về các mục của phiếu TK03',
  'VNeID function for organisations without enterprise registration, tax code or cooperative registration (Thanh Hóa police)':
    'Chức năng VNeID cho tổ chức không có đăng ký doanh nghiệp, mã số thuế hoặc đăng ký hợp tác xã (Công an tỉnh Thanh Hóa)',
  'Art 7(3) does not mention household businesses; Plan 556/KH-UBND of Bắc Ninh counts them as targets, a provider guide says they are not organisations':
    'Khoản 3 Điều 7 không nêu hộ kinh doanh; Kế hoạch 556/KH-UBND của Bắc Ninh tính vào chỉ tiêu, hướng dẫn của một nhà cung cấp coi không phải tổ chức',
  'No text found': notFound,
  'No text found on accounts of merged organisations; the one that was merged has ended': `${notFound} về tài khoản của tổ chức bị sáp nhập; tổ chức bị sáp nhập đã chấm dứt`,
  'No text found on taking agreement back': `${notFound} về việc rút lại sự đồng ý`,
  'No text found on the 7 days of Art 14(1) while an account is locked': `${notFound} về thời hạn 07 ngày tại khoản 1 Điều 14 khi tài khoản bị khóa`,
  'No text found on what a refusal does': `${notFound} về hệ quả của việc không đồng ý`,
  'No text found on who holds the account after a change of legal representative': `${notFound} về người giữ tài khoản sau khi thay đổi người đại diện theo pháp luật`,
  'No text found on work that is late; the order of command of the police, and the practice of this system': `${notFound} về việc quá hạn; theo hệ thống chỉ huy của công an và cách làm của hệ thống này`,
  'No text found that limits how long another body may take to answer a police unit': `${notFound} về thời hạn cơ quan khác trả lời đơn vị công an`,
  'No text found; Hải Phòng conclusions of April 2025 (S42) ask for proof at the desk, five minutes suffice for that': `${notFound}; kết luận của Hải Phòng tháng 4/2025 yêu cầu xuất trình tại quầy, năm phút là đủ`,
  'No text found; one day for a channel to confirm receipt': `${notFound}; một ngày để kênh xác nhận đã nhận`,
  'No text found; one hour': `${notFound}; một giờ`,
  'No text found; one hour an attempt': `${notFound}; mỗi lần hỏi một giờ`,
  'No text found; practice of this system': `${notFound}; cách làm của hệ thống này`,
  'No text found; verifier and approver are different people in the training slides': `${notFound}; trong tài liệu tập huấn người xác minh và người duyệt là hai người khác nhau`,
};
