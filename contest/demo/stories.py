"""What the invented works tell of: titles, summaries and exemplars, by topic, to be set at a place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One thing that could be written about. ``{place}`` is where it happens, ``{name}`` the person it is about."""

    topic: str
    title: str
    summary: str
    exemplar: str
    kind: str = "collective"


STORIES = (
    Story("kinh_te", "Hiến đất mở đường: chuyện của 62 hộ dân ở {place}", "Sáu mươi hai hộ dân ở {place} hiến hơn bốn nghìn mét vuông đất để con đường bê tông kịp khánh thành trước mùa mưa.", "Ban vận động hiến đất mở đường {place}"),
    Story("kinh_te", "Vườn quế của ông {name}", "Từ ba sào quế trồng thử, ông {name} vận động cả thôn ở {place} giữ giống quế bản địa và lập tổ hợp tác bán hàng chung.", "{name}", "person"),
    Story("kinh_te", "Tổ hợp tác nuôi tôm không cần giám đốc ở {place}", "Mười bốn hộ nuôi tôm ở {place} góp vốn, chia lịch trực ao, mở sổ công khai và trả hết nợ sau hai vụ.", "Tổ hợp tác nuôi tôm {place}"),
    Story("kinh_te", "Bưởi da xanh lên đồi trọc", "Chi hội nông dân {place} đưa bưởi da xanh lên đồi keo bạc màu, mỗi cây trồng xuống là một lần ngồi lại bàn với dân.", "Chi hội nông dân {place}"),
    Story("kinh_te", "Giữ nước đầu nguồn, giữ luôn lòng dân {place}", "Một quy ước viết tay về chia nước tưới ở {place} được giữ suốt ba mùa hạn mà không ai kiện ai.", "Tổ thủy nông tự quản {place}"),
    Story("kinh_te", "Phiên chợ không nói thách ở {place}", "Hội phụ nữ {place} lập phiên chợ cuối tuần, người bán tự niêm yết giá và tự nhắc nhau.", "Hội Liên hiệp Phụ nữ {place}"),
    Story("kinh_te", "Con bò góp, cái nghèo lùi", "Quỹ bò sinh sản xoay vòng ở {place} đã qua tay bốn mươi mốt hộ, không con nào thất lạc.", "Quỹ bò xoay vòng {place}"),
    Story("kinh_te", "Người đàn bà giữ nghề muối", "Bà {name} thuyết phục diêm dân {place} trải bạt ruộng muối, bán được giá gấp rưỡi mà vẫn giữ nghề cha ông.", "{name}", "person"),
    Story("kinh_te", "Sản phẩm OCOP từ căn bếp của chị {name}", "Mạch nha, kẹo gương và một nhóm phụ nữ ở {place} đi từng nhà rủ nhau làm sạch, làm thật.", "{name}", "person"),
    Story("kinh_te", "Cánh đồng dồn điền đầu tiên của {place}", "Hai trăm mười thửa ruộng nhỏ ở {place} thành bảy cánh đồng lớn sau mười bốn cuộc họp thôn.", "Ban phát triển thôn {place}"),
    Story("van_hoa_xa_hoi", "Lớp học xóa mù chữ sáng đèn sau giờ cạo mủ", "Hai chiến sĩ biên phòng, một tấm bảng và hai mươi sáu học viên ở {place} học chữ lúc tám giờ tối.", "Lớp xóa mù chữ {place}"),
    Story("van_hoa_xa_hoi", "Người gùi con chữ lên {place}", "Thầy giáo {name} vượt ba con suối mỗi thứ Hai, đến từng nhà sàn đưa học trò trở lại lớp.", "{name}", "person"),
    Story("van_hoa_xa_hoi", "Bếp ăn không đồng của những bà mẹ {place}", "Mỗi sáng hai trăm suất cháo nóng, ba năm không nghỉ ngày nào, từ gạo góp của cả xóm.", "Bếp ăn nghĩa tình {place}"),
    Story("van_hoa_xa_hoi", "Xóa nhà tạm, dựng niềm tin ở {place}", "Một trăm linh bảy ngôi nhà ở {place} dựng bằng ngày công đổi ngày công và sổ sách dán ngoài đình.", "Mặt trận Tổ quốc {place}"),
    Story("van_hoa_xa_hoi", "Đám cưới không phong bì ở làng biển", "Ban công tác Mặt trận {place} bàn với các dòng họ bỏ tiệc linh đình, giữ lại lời chúc.", "Ban công tác Mặt trận {place}"),
    Story("van_hoa_xa_hoi", "Tiếng chiêng trở lại nhà rông {place}", "Nghệ nhân {name} gom chiêng cũ, dạy trẻ con đánh chiêng để chúng thôi bỏ làng.", "{name}", "person"),
    Story("van_hoa_xa_hoi", "Bà trưởng thôn đi từng nhà, ghi từng thước đất", "Bà {name} ở {place} có cuốn sổ ghi từng thước đất hiến, từng câu người dân dặn lại.", "{name}", "person"),
    Story("van_hoa_xa_hoi", "Thư viện trong chuồng trâu cũ", "Đoàn thanh niên {place} sửa chuồng trâu thành phòng đọc, sách do dân góp, khóa cửa do trẻ giữ.", "Đoàn Thanh niên {place}"),
    Story("van_hoa_xa_hoi", "Hương ước mới của làng cũ {place}", "Bản hương ước dài hai trang, được đọc ở đình, được sửa bảy lần, được cả làng điểm chỉ.", "Ban cán sự thôn {place}"),
    Story("van_hoa_xa_hoi", "Chuyến xe chở người bệnh lúc nửa đêm", "Mười hai tài xế ở {place} thay nhau trực điện thoại, chở miễn phí người bệnh nghèo xuống bệnh viện tỉnh.", "Đội xe nghĩa tình {place}"),
    Story("quoc_phong_an_ninh", "Tổ an ninh nhân dân không lương ở {place}", "Chín cựu chiến binh ở {place} tuần đêm, hòa giải, và chưa nhận đồng phụ cấp nào.", "Tổ an ninh nhân dân {place}"),
    Story("quoc_phong_an_ninh", "Nơi ngọn sóng dựa vào lòng dân", "Bộ đội biên phòng {place} và ngư dân giữ liên lạc từng con tàu, từng cơn gió mùa.", "Đồn Biên phòng {place}"),
    Story("quoc_phong_an_ninh", "Tiếng loa đầu làng, chuyện người giữ nếp ở {place}", "Bốn giờ sáng, ông {name} bật loa nhắc bà con tránh lũ, nhắc trẻ con đi học, nhắc nhau giữ nếp.", "{name}", "person"),
    Story("quoc_phong_an_ninh", "Camera an ninh lắp bằng tiền bán ve chai", "Hội phụ nữ {place} gom ve chai hai năm để lắp hai mươi bốn mắt camera cho các ngõ tối.", "Hội Liên hiệp Phụ nữ {place}"),
    Story("quoc_phong_an_ninh", "Cờ đỏ giữa trùng khơi", "Nghiệp đoàn nghề cá {place} vận động mỗi tàu ra khơi một lá cờ, một sổ nhật ký, một lời hứa.", "Nghiệp đoàn nghề cá {place}"),
    Story("quoc_phong_an_ninh", "Già làng {name} và khẩu súng tự chế cuối cùng", "Già làng {name} thuyết phục thanh niên {place} giao nộp ba mươi bảy khẩu súng săn.", "{name}", "person"),
    Story("quoc_phong_an_ninh", "Đêm lũ ở {place}, cánh cửa nào cũng mở", "Lực lượng dân quân và bà con {place} mở cửa nhà cao đón hơn ba trăm người qua đêm lũ.", "Ban Chỉ huy Quân sự {place}"),
    Story("quoc_phong_an_ninh", "Người hòa giải mặc áo lính cũ", "Cựu chiến binh {name} hòa giải một trăm lẻ hai vụ ở {place}, không vụ nào phải ra tòa.", "{name}", "person"),
    Story("quoc_phong_an_ninh", "Bến tàu không còn tiếng cãi", "Tổ tự quản bến {place} chia luồng, chia giờ, chia phần nhường nhau sau một mùa xô xát.", "Tổ tự quản bến {place}"),
    Story("quoc_phong_an_ninh", "Mái nhà của những đứa con biên phòng", "Bảy học sinh mồ côi ở {place} được đồn biên phòng nhận làm con nuôi.", "Đồn Biên phòng {place}"),
    Story("he_thong_chinh_tri", "“Ngày thứ Bảy vì dân” ở {place}", "Cán bộ {place} bỏ phòng họp, mang con dấu xuống nhà văn hóa thôn mỗi sáng thứ Bảy.", "Ủy ban nhân dân {place}"),
    Story("he_thong_chinh_tri", "Từ cuộc đối thoại ba giờ đến khu tái định cư có tiếng trẻ con cười", "Ba giờ đối thoại ở {place} gỡ xong điều mà ba năm công văn không gỡ được.", "Tổ công tác giải phóng mặt bằng {place}"),
    Story("he_thong_chinh_tri", "Bí thư chi bộ đi chân đất", "Bí thư {name} xuống ruộng trước, họp sau, để chi bộ {place} nói điều dân nghe được.", "{name}", "person"),
    Story("he_thong_chinh_tri", "Tấm bảng công khai trước cổng ủy ban {place}", "Mỗi khoản thu, mỗi phần đóng góp ở {place} được viết phấn trắng lên bảng đen, ai đi chợ cũng đọc.", "Ủy ban nhân dân {place}"),
    Story("he_thong_chinh_tri", "Hộp thư góp ý có người trả lời", "Một trăm tám mươi lá thư ở {place} đều có hồi âm trong bảy ngày.", "Đảng ủy {place}"),
    Story("he_thong_chinh_tri", "Chi bộ dưới tán rừng {place}", "Chi bộ sáu đảng viên ở {place} nhận giữ một nghìn hai trăm héc-ta rừng cùng dân.", "Chi bộ thôn {place}"),
    Story("he_thong_chinh_tri", "Nụ cười ở bộ phận một cửa", "Cô {name} ở bộ phận một cửa {place} nói tiếng Hre, tiếng Cor và chưa để ai về tay không.", "{name}", "person"),
    Story("he_thong_chinh_tri", "Mười ba lần gõ một cánh cửa", "Tổ dân vận {place} kiên trì mười ba lần đến nhà một hộ chưa chịu giao mặt bằng.", "Tổ dân vận {place}"),
    Story("he_thong_chinh_tri", "Sáp nhập thôn, không sáp nhập nỗi buồn", "Hai thôn ở {place} về một nhà sau những buổi kể chuyện làng bên bếp lửa.", "Ban vận động sáp nhập thôn {place}"),
    Story("he_thong_chinh_tri", "Cuốn nhật ký dân vận của xã {place}", "Mỗi cán bộ {place} giữ một cuốn nhật ký: hôm nay gặp ai, dân hỏi gì, hứa gì, làm chưa.", "Khối dân vận {place}"),
)  # fmt: skip

PARAGRAPHS = (
    "Buổi sáng ở {place} bắt đầu bằng tiếng chổi tre. Người ta quét đường trước khi mở cửa, như một thói quen cũ mới được nhớ lại. Không ai giao việc, cũng không ai chấm công.",
    "“Hồi đầu nói ra ai cũng lắc,” một người lớn tuổi kể. Ông không trách. Ở vùng này, lời hứa nhiều hơn con đường, và con đường thì chỉ có khi trời nắng.",
    "Cuộc họp đầu tiên có mười một người. Cuộc họp thứ bảy, sân nhà văn hóa không còn chỗ ngồi. Khác biệt nằm ở cuốn sổ: mọi con số được đọc to, ai nghe không rõ thì đọc lại.",
    "Điều khó nhất không phải là tiền. Điều khó nhất là hàng dừa ông bà để lại, là ngôi mộ gió đầu ngõ, là cái giếng ba đời. Những người đi vận động học cách ngồi lâu hơn.",
    "Sau mười bốn tháng, công trình xong trước hạn. Nhưng thứ còn lại lâu hơn bê tông là cách người {place} bàn việc với nhau: nói trước mặt, ghi thành chữ, làm rồi báo lại.",
    "Chính quyền địa phương cho biết mô hình đã được các thôn lân cận đến học. Không có bản thành tích nào được phát; khách được mời ngồi xuống, uống nước chè và hỏi thẳng người dân.",
)
