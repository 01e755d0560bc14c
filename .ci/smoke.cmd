@echo off
rem Tries a distribution, a folder or a zip, as somebody would who has just unpacked it: in another place,
rem whose name has a blank, it applies the quick start. A second argument is the version that it must say
rem it has.
setlocal DisableDelayedExpansion EnableExtensions
if not "%~1"=="" goto begin
>&2 echo smoke: usage: smoke FOLDER-OR-ZIP [VERSION]
exit /b 1

:begin
set "work=%TEMP%\tokenform-smoke-%RANDOM%%RANDOM%"
set "home=%work%\a place"
set "tokenform=%home%\bin\tokenform.cmd"
set "policy=examples\quickstart\tokens.yaml"
set "reason=two words & more: 100 %% * ^ ! (all of it)"
mkdir "%home%"
if exist "%~f1\bin\tokenform.cmd" xcopy "%~f1" "%home%" /e /i /q >nul
if not exist "%~f1\bin\tokenform.cmd" tar -xf "%~f1" -C "%home%" --strip-components=1
if errorlevel 1 goto failed
xcopy "%home%\examples" "%work%\examples" /e /i /q >nul
if errorlevel 1 goto failed
cd /d "%work%"

rem Each in a cmd of its own, as a user has one: "call" would change the arguments.
cmd /d /c ^""%tokenform%" --version ^>out.txt 2^>^&1^"
if errorlevel 1 goto failed
type out.txt
if "%~2"=="" goto usage
findstr /b /l /c:"tokenform %~2" out.txt >nul
if errorlevel 1 goto failed

:usage
rem By its name in quotes, which is looked up in Path: only then cmd tells a script the wrong folder.
set "PATH=%home%\bin;%PATH%"
cmd /d /c ^""tokenform" --version ^>out.txt 2^>^&1^"
if errorlevel 1 goto failed
cmd /d /c ^""%tokenform%" plan --no-such-option ^>out.txt 2^>^&1^"
if not %ERRORLEVEL%==64 goto failed
cmd /d /c ^""%tokenform%" plan -f "%policy%" --detailed-exitcode ^>out.txt 2^>^&1^"
if not %ERRORLEVEL%==2 goto failed
cmd /d /c ^""%tokenform%" apply -f "%policy%" --auto-approve --reason "%reason%" ^>out.txt 2^>^&1^"
if errorlevel 1 goto failed
cmd /d /c ^""%tokenform%" journal show ^>out.txt 2^>^&1^"
if errorlevel 1 goto failed
findstr /l /c:"%reason%" out.txt >nul
if errorlevel 1 goto failed
cmd /d /c ^""%tokenform%" plan -f "%policy%" --detailed-exitcode ^>out.txt 2^>^&1^"
if errorlevel 1 goto failed
echo smoke: %1 works
cd /d "%TEMP%"
rmdir /s /q "%work%"
exit /b 0

:failed
>&2 echo smoke: the last command did not do what it should; this is what it printed:
if exist out.txt type out.txt 1>&2
exit /b 1
