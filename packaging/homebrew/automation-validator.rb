# A template: `python -m scripts.homebrew` fills what stands between @, see RELEASING.md.
class AutomationValidator < Formula
  include Language::Python::Virtualenv

  desc "@DESCRIPTION@"
  homepage "@HOMEPAGE@"
  url "@URL@"
  sha256 "@SHA256@"
  license "MIT"

  # For rpds-py, which has no pure Python.
  depends_on "rust" => :build
  depends_on "libyaml"
  depends_on "python@3.13"
  depends_on "shellcheck"

  # `brew update-python-resources` adds a resource for each Python package here.

  def install
    virtualenv_install_with_resources
    generate_completions_from_executable(
      bin/"automation-validator", shell_parameter_format: :click
    )
  end

  test do
    (testpath/".ona/config.yaml").write "tasks: {build: {name: Build, comand: make}}\n"
    output = shell_output("#{bin}/automation-validator check --format concise", 1)
    assert_match "error[unknown-field]", output
  end
end
